using System.Linq;
using ModelGen.Generator.Emit;
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

    /// <summary>The multiply-adds of a product of values that exist once: some five microseconds.</summary>
    private const long LeastModelMultiplyAdds = 500_000;

    /// <summary>The elements of other values that exist once: as long, one at a time.</summary>
    private const int LeastModelElements = 16_000;

    /// <summary>The multiply-adds of a prediction of a single sample that threads gain by: some thirty microseconds on one.</summary>
    public const long LeastPrediction = 3_000_000;

    /// <summary>The multiply-adds of a step of a sequence: its threads meet twice, some tenths of a microsecond.</summary>
    private const long LeastSequenceStep = 30_000;

    /// <summary>The multiply-adds of a step that threads gain by where it comes alone: some three microseconds on one.</summary>
    public const long LeastStep = 150_000;

    /// <summary>The multiply-adds of a product in a step of a sequence.</summary>
    private const long LeastStepMultiplyAdds = 10_000;

    /// <summary>How many times as large a region must be where there is one sample and not sixteen.</summary>
    private const int OneSample = 4;

    /// <summary>Whether threads should share the region for a block of samples.</summary>
    public static bool Suits(Region region) => Suits(region, 1);

    /// <summary>Whether threads should share the region for a single sample.</summary>
    public static bool SuitsOneSample(Region region) => Suits(region, OneSample);

    /// <summary>Whether threads should share the steps of a sequence one after another.</summary>
    /// <param name="multiplyAdds">Those of a step.</param>
    /// <param name="steps">The steps of the sequence.</param>
    public static bool SuitsSequence(long multiplyAdds, int steps) => multiplyAdds >= LeastSequenceStep && multiplyAdds * steps >= LeastPrediction;

    /// <summary>Whether threads should share the region in a step of a sequence; they meet behind it in any case.</summary>
    public static bool SuitsStep(Region region) => region.Anchor is not Contract contract || contract.Geometry.MultiplyAdds >= LeastStepMultiplyAdds;

    /// <summary>Whether threads should share what is computed once for the batch.</summary>
    public static bool SuitsModel(Step step) => step switch
    {
        PackedWeightsStep or WinogradWeightsStep => true,
        WinogradTotalStep => false,
        TotalStep total => total.Value.Shape.Count >= LeastModelElements,
        ModelStep { Region.Anchor: Contract contract } => contract.Geometry.MultiplyAdds >= LeastModelMultiplyAdds,
        ModelStep { Region.Anchor: var node } => ModelStepEmitter.CanShare(node) && node.Inputs.Concat(node.Outputs).Max(value => value.Shape.Count) >= LeastModelElements,
        _ => false,
    };

    private static bool Suits(Region region, int times) => region.Anchor is Contract contract
        ? contract.Geometry.MultiplyAdds >= LeastMultiplyAdds * times
        : region.Inputs.Concat(region.Nodes.SelectMany(node => node.Outputs)).Where(value => value.Scope == Scope.Sample).Sum(value => (long)value.Shape.Count) >= LeastElements * times;
}
