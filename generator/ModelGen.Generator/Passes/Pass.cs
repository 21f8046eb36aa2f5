using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>One rewrite of a graph that changes none of its numbers.</summary>
internal abstract class Pass
{
    /// <summary>The name that tests and the graph printer show.</summary>
    public abstract string Name { get; }

    /// <summary>Rewrites the graph in place.</summary>
    public abstract void Run(Graph.Graph graph);

    /// <summary>Rewrites the bodies of all scans, then the graph.</summary>
    public virtual void RunDeep(Graph.Graph graph)
    {
        foreach (var scan in graph.Nodes.OfType<Scan>().ToList())
        {
            RunDeep(scan.Body);
            scan.Refresh();
        }

        Run(graph);
    }
}
