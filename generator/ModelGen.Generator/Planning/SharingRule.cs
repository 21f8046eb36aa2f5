using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>
/// Which regions are worth the while of several threads where there are fewer blocks than threads: those that take longer
/// than the threads need to meet again.
/// </summary>
internal static class SharingRule
{
    /// <summary>The multiply-adds of one sample; sixteen times as many take some microseconds, ten times the meeting.</summary>
    private const long LeastMultiplyAdds = 50_000;

    /// <summary>The elements of one sample that are read or written.</summary>
    private const int LeastElements = 4_000;

    public static bool Suits(Region region) => region.Anchor is Contract contract
        ? contract.Geometry.MultiplyAdds >= LeastMultiplyAdds
        : region.Inputs.Concat(region.Nodes.SelectMany(node => node.Outputs)).Where(value => value.Scope == Scope.Sample).Sum(value => (long)value.Shape.Count) >= LeastElements;
}
