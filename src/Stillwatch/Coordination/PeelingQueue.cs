namespace Stillwatch.Coordination;

/// <summary>Nodes by their load, the least first and of equal loads the lowest number first; loads may only fall.</summary>
/// <remarks>A binary heap that knows where every node stands, so that a load falls in O(log n) and nothing is held twice.</remarks>
internal sealed class PeelingQueue
{
    private readonly double[] _load;
    private readonly int[] _heap;
    private readonly int[] _place;

    /// <param name="load">The load of every node; belongs to the queue from now on.</param>
    public PeelingQueue(double[] load)
    {
        (_load, _heap, _place) = (load, new int[load.Length], new int[load.Length]);
        for (var node = 0; node < load.Length; node++)
        {
            (_heap[node], _place[node]) = (node, node);
        }

        Count = load.Length;
        for (var place = (Count / 2) - 1; place >= 0; place--)
        {
            SiftDown(place);
        }
    }

    /// <summary>Nodes that are left.</summary>
    public int Count { get; private set; }

    /// <summary>Takes out the node with the least load.</summary>
    public (int Node, double Load) Take()
    {
        var node = _heap[0];
        Count--;
        _place[node] = -1;
        if (Count > 0)
        {
            Put(_heap[Count], 0);
            SiftDown(0);
        }

        return (node, _load[node]);
    }

    /// <summary>Lets the load of a node fall; one that was taken out is left alone.</summary>
    public void Lower(int node, double by)
    {
        if (_place[node] >= 0)
        {
            _load[node] -= by;
            SiftUp(_place[node]);
        }
    }

    private void SiftUp(int place)
    {
        var node = _heap[place];
        while (place > 0 && IsBefore(node, _heap[(place - 1) / 2]))
        {
            Put(_heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Put(node, place);
    }

    private void SiftDown(int place)
    {
        var node = _heap[place];
        for (var child = (2 * place) + 1; child < Count; child = (2 * place) + 1)
        {
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], node))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(node, place);
    }

    private void Put(int node, int place) => (_heap[place], _place[node]) = (node, place);

    private bool IsBefore(int first, int second) =>
        _load[first] < _load[second] || (_load[first] == _load[second] && first < second);
}
