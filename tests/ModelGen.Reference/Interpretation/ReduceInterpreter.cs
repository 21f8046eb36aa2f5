using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>Evaluates <see cref="Reduce"/>: a sum or log-sum-exp over axes, and over the samples where the node says so.</summary>
internal static class ReduceInterpreter
{
    /// <summary>The result for every sample, or once for the model.</summary>
    /// <exception cref="InvalidOperationException">The node reduces over the samples of a value that has none.</exception>
    public static double[][] Run(Reduce reduce, GraphValues values)
    {
        var input = reduce.Inputs[0];
        if (reduce.OverSamples && input.Scope != Scope.Sample)
        {
            throw new InvalidOperationException($"{reduce.Layer} reduces {input} ({input.Name}) over the samples, but it has one value for all of them.");
        }

        var kept = Enumerable.Range(0, input.Shape.Rank).Except(reduce.Axes).ToArray();
        var rows = values[input];
        var results = new double[reduce.OverSamples ? 1 : rows.Length][];
        for (var row = 0; row < results.Length; row++)
        {
            var members = new List<double>[reduce.Output.Shape.Count];
            foreach (var sample in reduce.OverSamples ? rows : [rows[row]])
            {
                var position = 0;
                foreach (var place in Places.All(input.Shape.Extents))
                {
                    var target = Places.Index([.. kept.Select(axis => place[axis])], reduce.Output.Shape.Extents);
                    (members[target] ??= []).Add(sample[position++]);
                }
            }

            results[row] = [.. members.Select(member => reduce.Kind == ReduceKind.Sum ? member.Sum() : LogSumExp(member))];
        }

        return results;
    }

    private static double LogSumExp(List<double> numbers)
    {
        var largest = numbers.Max();
        return double.IsInfinity(largest) ? largest : largest + Math.Log(numbers.Sum(number => Math.Exp(number - largest)));
    }
}
