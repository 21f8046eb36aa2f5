using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>Loops over time and tables, one step and one row at a time.</summary>
internal static class ScanInterpreter
{
    /// <summary>Runs a scan step by step; its body computes in the same values as the graph around it.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="values">What is known; the body's values are overwritten at every step.</param>
    /// <param name="run">Computes one node.</param>
    /// <returns>The outputs in the order of the node's.</returns>
    public static double[][][] Run(Scan scan, GraphValues values, Func<Node, double[][][]> run)
    {
        var samples = values.Samples;
        var results = scan.Outputs.ToDictionary(output => output, output => NewRows(samples, output.Shape.Count));
        var states = scan.Carries.ToDictionary(
            carry => carry, carry => carry.Initial is { } initial ? Copies(values, initial, samples) : NewRows(samples, carry.Source.Shape.Count));
        foreach (var mask in scan.Body.Sources.Where(source => source.Source == Source.SampleMask))
        {
            values.Set(mask, [.. Enumerable.Range(0, samples).Select(_ => new double[] { 1 })]);
        }

        foreach (var carry in scan.Carries)
        {
            Put(results[carry.History], scan.IsReversed ? scan.Length : 0, states[carry]);
        }

        for (var step = 0; step < scan.Length; step++)
        {
            var t = scan.IsReversed ? scan.Length - 1 - step : step;
            foreach (var source in scan.Body.Sources.Where(source => source.Source == Source.Step))
            {
                var sequence = values[scan.Sequences[source.Index]];
                values.Set(source, [.. sequence.Select(row => row.AsSpan(t * source.Shape.Count, source.Shape.Count).ToArray())]);
            }

            foreach (var carry in scan.Carries)
            {
                values.Set(carry.Source, states[carry]);
                Put(results[carry.Previous], t, states[carry]);
            }

            foreach (var node in scan.Body.Nodes)
            {
                var outputs = run(node);
                for (var output = 0; output < node.Outputs.Count; output++)
                {
                    values.Set(node.Outputs[output], outputs[output]);
                }
            }

            foreach (var stack in scan.Stacks)
            {
                Put(results[stack.Outer], t, Copies(values, stack.Inner.Value, samples));
            }

            foreach (var carry in scan.Carries)
            {
                states[carry] = Copies(values, carry.Next.Value, samples);
                Put(results[carry.All], t, states[carry]);
                Put(results[carry.History], scan.IsReversed ? t : t + 1, states[carry]);
            }
        }

        foreach (var carry in scan.Carries)
        {
            results[carry.Final] = states[carry];
        }

        return [.. scan.Outputs.Select(output => results[output])];
    }

    /// <summary>The rows of a table that each sample names.</summary>
    public static double[][] Run(Gather gather, GraphValues values)
    {
        var width = gather.Inputs[0].Shape.Count / gather.Inputs[0].Shape[0];
        return
        [
            .. Enumerable.Range(0, values.Samples).Select(sample => values.Row(gather.Inputs[1], sample)
                .SelectMany(index => values.Row(gather.Inputs[0], sample).AsSpan((int)index * width, width).ToArray()).ToArray()),
        ];
    }

    /// <summary>The sums of the rows that name each row of a table.</summary>
    public static double[][] Run(Scatter scatter, GraphValues values)
    {
        var width = scatter.Output.Shape.Count / scatter.Output.Shape[0];
        var table = new double[scatter.Output.Shape.Count];
        for (var sample = 0; sample < values.Samples; sample++)
        {
            var rows = values.Row(scatter.Inputs[0], sample);
            foreach (var (index, place) in values.Row(scatter.Inputs[1], sample).Select((index, place) => ((int)index, place)))
            {
                for (var element = 0; element < width; element++)
                {
                    table[(index * width) + element] += rows[(place * width) + element];
                }
            }
        }

        return [table];
    }

    private static double[][] NewRows(int samples, int count) => [.. Enumerable.Range(0, samples).Select(_ => new double[count])];

    private static double[][] Copies(GraphValues values, Value value, int samples) =>
        [.. Enumerable.Range(0, samples).Select(sample => (double[])values.Row(value, sample).Clone())];

    private static void Put(double[][] all, int place, double[][] rows)
    {
        for (var sample = 0; sample < rows.Length; sample++)
        {
            rows[sample].CopyTo(all[sample], place * rows[sample].Length);
        }
    }
}
