namespace ModelGen.Generator.Passes;

/// <summary>One rewrite of a graph that changes none of its numbers.</summary>
internal abstract class Pass
{
    /// <summary>The name that tests and the graph printer show.</summary>
    public abstract string Name { get; }

    /// <summary>Rewrites the graph in place.</summary>
    public abstract void Run(Graph.Graph graph);
}
