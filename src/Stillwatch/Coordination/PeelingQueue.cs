namespace Stillwatch.Coordination;

/// <summary>Nodes by their load, the least first and of equal loads the lowest number first; loads may only fall.</summary>
/// <remarks>
/// A heap that knows where every node stands, so that a load falls in O(log n) and nothing is held twice. Four children a place and the
/// loads beside the nodes, because what it waits for is memory.
/// </remarks>
internal sealed class PeelingQueue
{
    private const int Children = 4;

    private readonly (double Load, int Node)[] _heap;
    private readonly int[] _place;

    /// <param name="load">The load of every node.</param>
    public PeelingQueue(double[] load)
    {
        (_heap, _place) = (new (double Load, int Node)[load.Length], new int[load.Length]);
        for (var node = 0; node < load.Length; node++)
        {
            Put((load[node], node), node);
        }

        Count = load.Length;
        for (var place = (Count - 2) / Children; place >= 0 && Count > 1; place--)
        {
            SiftDown(_heap[place], place);
        }
    }

    /// <summary>Nodes that are left.</summary>
    public int Count { get; private set; }

    /// <summary>Takes out the node with the least load.</summary>
    public (int Node, double Load) Take()
    {
        var (load, node) = _heap[0];
        Count--;
        _place[node] = -1;
        if (Count > 0)
        {
            SiftDown(_heap[Count], 0);
        }

        return (node, load);
    }

    /// <summary>Lets the load of a node fall; one that was taken out is left alone.</summary>
    public void Lower(int node, double by)
    {
        var place = _place[node];
        if (place >= 0)
        {
            SiftUp((_heap[place].Load - by, node), place);
        }
    }

    private void SiftUp((double Load, int Node) entry, int place)
    {
        while (place > 0 && IsBefore(entry, _heap[(place - 1) / Children]))
        {
            Put(_heap[(place - 1) / Children], place);
            place = (place - 1) / Children;
        }

        Put(entry, place);
    }

    private void SiftDown((double Load, int Node) entry, int place)
    {
        for (var first = (Children * place) + 1; first < Count; first = (Children * place) + 1)
        {
            var least = first;
            for (var child = first + 1; child < Math.Min(first + Children, Count); child++)
            {
                least = IsBefore(_heap[child], _heap[least]) ? child : least;
            }

            if (!IsBefore(_heap[least], entry))
            {
                break;
            }

            Put(_heap[least], place);
            place = least;
        }

        Put(entry, place);
    }

    private void Put((double Load, int Node) entry, int place) => (_heap[place], _place[entry.Node]) = (entry, place);

    private static bool IsBefore(in (double Load, int Node) first, in (double Load, int Node) second) =>
        first.Load < second.Load || (first.Load == second.Load && first.Node < second.Node);
}
