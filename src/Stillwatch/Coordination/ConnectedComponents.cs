namespace Stillwatch.Coordination;

/// <summary>Which nodes of a graph hang together.</summary>
internal static class ConnectedComponents
{
    /// <summary>The component of every node; components are numbered from 0 in the order of their first node.</summary>
    public static int[] Of(LouvainLevel graph)
    {
        var component = new int[graph.Count];
        Array.Fill(component, -1);
        var open = new Stack<int>();
        var count = 0;
        for (var first = 0; first < component.Length; first++)
        {
            if (component[first] >= 0)
            {
                continue;
            }

            component[first] = count;
            open.Push(first);
            while (open.TryPop(out var node))
            {
                foreach (var neighbor in graph.Target.AsSpan(graph.Start[node]..graph.Start[node + 1]))
                {
                    if (component[neighbor] < 0)
                    {
                        component[neighbor] = count;
                        open.Push(neighbor);
                    }
                }
            }

            count++;
        }

        return component;
    }
}
