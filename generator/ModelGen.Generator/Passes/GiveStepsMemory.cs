using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Sees to it that what a scan keeps of a step is computed right where it is kept: a value of its own memory each. What has
/// none (a view, a step of a sequence, a value kept twice) is copied by a map, which joins the region that makes it.
/// </summary>
/// <remarks>
/// <code>
/// { %2 = map(%0, %1) [(a + b)]        { %2 = map(%0, %1) [(a + b)]
///   next 0 = %2                  →      %3 = map(%2) [a]
///   next 1 = %2 }                       next 0 = %2
///                                       next 1 = %3 }
/// </code>
/// </remarks>
internal sealed class GiveStepsMemory : Pass
{
    public override string Name => nameof(GiveStepsMemory);

    public override void Run(Graph.Graph graph)
    {
        foreach (var scan in graph.Nodes.OfType<Scan>())
        {
            var body = scan.Body;
            var owned = new HashSet<Value>();
            foreach (var result in body.Results)
            {
                var root = Storage.Elements(result.Value);
                var isOwn = root is { Source: Source.Node, Part: null }
                    && body.Nodes.Contains(root.Producer!)
                    && ReferenceEquals(Storage.Root(root), root)
                    && owned.Add(root);
                if (!isOwn)
                {
                    var copy = body.Map(scan.Layer, Scalar.Read(0), result.Value);
                    copy.Producer!.IsGradient = scan.IsGradient;
                    result.Value = copy;
                }
            }

            scan.Refresh();
        }
    }
}
