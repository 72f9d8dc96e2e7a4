namespace Stillwatch.Provenance.Tokenising;

/// <summary>
/// Byte-pair encoding of one piece of text: of all pairs that may be merged the one of the lowest rank, the leftmost first.
/// </summary>
/// <remarks>
/// Sennrich, Haddow and Birch 2016, on bytes. A queue of pairs over a linked list takes n log n steps for a piece of n bytes; looking
/// through all pairs again after each merge, as it is often done, takes n^2, which a long run of one character turns into hours.
/// Immutable; safe from any thread.
/// </remarks>
internal sealed class BytePairMerges
{
    private readonly Dictionary<ulong, (int Rank, int Id)> _merges = [];
    private readonly int[] _single;

    /// <param name="single">The id of each of the 256 bytes.</param>
    public BytePairMerges(int[] single) => _single = single;

    /// <summary>Number of merges.</summary>
    public int Count => _merges.Count;

    /// <summary>Says that two ids become one; of two rules for a pair the first counts.</summary>
    public void Add(int left, int right, int rank, int id) => _merges.TryAdd(Pair(left, right), (rank, id));

    /// <summary>Appends the ids of a piece.</summary>
    public void Encode(ReadOnlySpan<byte> piece, Work work, List<int> ids)
    {
        work.Prepare(piece.Length);
        var (part, next, before, queue) = (work.Part, work.Next, work.Before, work.Queue);
        for (var i = 0; i < piece.Length; i++)
        {
            (part[i], next[i], before[i]) = (_single[piece[i]], i + 1, i - 1);
        }

        for (var i = 0; i + 1 < piece.Length; i++)
        {
            Offer(part, i, i + 1, queue);
        }

        while (queue.TryDequeue(out var left, out var key))
        {
            // An entry is stale where one of its parts was merged meanwhile.
            var right = part[left] >= 0 ? next[left] : piece.Length;
            if (right == piece.Length || !_merges.TryGetValue(Pair(part[left], part[right]), out var merge) || merge.Rank != key.Rank)
            {
                continue;
            }

            (part[left], part[right], next[left]) = (merge.Id, -1, next[right]);
            if (next[left] < piece.Length)
            {
                before[next[left]] = left;
                Offer(part, left, next[left], queue);
            }

            if (before[left] >= 0)
            {
                Offer(part, before[left], left, queue);
            }
        }

        for (var i = 0; i < piece.Length; i = next[i])
        {
            ids.Add(part[i]);
        }
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private void Offer(int[] part, int left, int right, PriorityQueue<int, (int Rank, int Place)> queue)
    {
        if (_merges.TryGetValue(Pair(part[left], part[right]), out var merge))
        {
            queue.Enqueue(left, (merge.Rank, left));
        }
    }

    /// <summary>The buffers of one encoding, used for one piece after the other.</summary>
    public sealed class Work
    {
        /// <summary>The id of the part that begins at a byte; below 0 where none does any more.</summary>
        public int[] Part { get; private set; } = [];

        /// <summary>Where the part after it begins.</summary>
        public int[] Next { get; private set; } = [];

        /// <summary>Where the part before it begins; below 0 for the first.</summary>
        public int[] Before { get; private set; } = [];

        /// <summary>Where pairs begin that may be merged.</summary>
        public PriorityQueue<int, (int Rank, int Place)> Queue { get; } = new();

        public void Prepare(int length)
        {
            Queue.Clear();
            if (Part.Length < length)
            {
                var room = Math.Max(length, 256);
                (Part, Next, Before) = (new int[room], new int[room], new int[room]);
            }
        }
    }
}
