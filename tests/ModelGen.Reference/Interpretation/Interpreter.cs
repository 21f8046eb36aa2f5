using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>
/// Runs a graph of primitives in double precision, one scalar at a time and in the plainest way: the meaning of the
/// primitives, against which every pass of the compiler is checked to change no number.
/// </summary>
internal static class Interpreter
{
    /// <summary>Computes every value of the graph.</summary>
    /// <param name="graph">The graph; each node stands after all it reads.</param>
    /// <param name="inputs">The values of its sources.</param>
    /// <exception cref="InvalidOperationException">A source is missing or of the wrong size, or a node reads what nothing computed.</exception>
    /// <exception cref="NotSupportedException">The graph holds a node that is no primitive.</exception>
    public static GraphValues Run(Graph graph, GraphInputs inputs)
    {
        var values = new GraphValues(graph, inputs.Samples);
        foreach (var source in graph.Sources)
        {
            values.Set(source, Read(source, inputs));
        }

        foreach (var node in graph.Nodes)
        {
            var results = Run(node, values, inputs.RandomKey);
            for (var output = 0; output < node.Outputs.Count; output++)
            {
                values.Set(node.Outputs[output], results[output]);
            }
        }

        return values;
    }

    private static double[][] Read(Value source, GraphInputs inputs) => source.Source switch
    {
        Source.Input or Source.State => At(inputs.Inputs, source),
        Source.Label => At(inputs.Labels, source),
        Source.Parameter => [At(inputs.Parameters, source)],
        Source.Statistic => [At(inputs.Statistics, source)],
        Source.LossScale => [[At(inputs.LossScales, source)]],
        Source.SampleCount => [[inputs.Samples]],
        Source.SampleMask => [.. Enumerable.Repeat<double[]>([1], inputs.Samples)],
        _ => throw new NotSupportedException($"The interpreter knows no source {source.Source}."),
    };

    private static T At<T>(IReadOnlyList<T> given, Value source) =>
        source.Index < given.Count
            ? given[source.Index]
            : throw new InvalidOperationException($"The graph reads {source.Source} {source.Index} ({source.Name}), but {given.Count} were given.");

    private static double[][][] Run(Node node, GraphValues values, uint randomKey) => node switch
    {
        Contract contract => [ContractInterpreter.Run(contract, values)],
        Map map => [MapInterpreter.Run(map, values, randomKey)],
        Reduce reduce => [ReduceInterpreter.Run(reduce, values)],
        Window window => WindowInterpreter.Run(window, values),
        Unwindow unwindow => [WindowInterpreter.Run(unwindow, values)],
        Reshape reshape => [values[reshape.Inputs[0]]],
        Scan scan => ScanInterpreter.Run(scan, values, inner => Run(inner, values, randomKey)),
        Gather gather => [ScanInterpreter.Run(gather, values)],
        Scatter scatter => [ScanInterpreter.Run(scatter, values)],
        Ctc ctc => CtcInterpreter.Run(ctc, values),
        Permute permute => [[.. values[permute.Inputs[0]].Select(row => Permuted(row, permute))]],
        Slice slice => [Moved(slice, values, place => (0, Shifted(place, slice.Axis, slice.Start)))],
        Unslice unslice => [Moved(unslice, values, place => (0, Shifted(place, unslice.Axis, -unslice.Start)))],
        Concat concat => [Moved(concat, values, place =>
        {
            var input = Enumerable.Range(0, concat.Inputs.Count).Last(input => concat.Start(input) <= place[concat.Axis]);
            return (input, Shifted(place, concat.Axis, -concat.Start(input)));
        })],
        _ => throw new NotSupportedException($"The interpreter knows no node {node.Name} ({node.GetType().Name})."),
    };

    private static int[] Shifted(int[] place, int axis, int by) => [.. place.Select((position, other) => other == axis ? position + by : position)];

    /// <summary>Reads each element from a place of an input; one outside of it is zero.</summary>
    private static double[][] Moved(Node node, GraphValues values, Func<int[], (int Input, int[] Place)> source)
    {
        var rows = values[node.Inputs[0]].Select(_ => new double[node.Output.Shape.Count]).ToArray();
        var position = 0;
        foreach (var place in Places.All(node.Output.Shape.Extents))
        {
            var (input, from) = source(place);
            var extents = node.Inputs[input].Shape.Extents;
            var isInside = from.Zip(extents, (index, extent) => index >= 0 && index < extent).All(inside => inside);
            for (var row = 0; isInside && row < rows.Length; row++)
            {
                rows[row][position] = values[node.Inputs[input]][row][Places.Index(from, extents)];
            }

            position++;
        }

        return rows;
    }

    private static double[] Permuted(double[] row, Permute permute)
    {
        var from = permute.Inputs[0].Shape.Extents;
        var result = new double[row.Length];
        var position = 0;
        foreach (var place in Places.All(permute.Output.Shape.Extents))
        {
            var source = new int[from.Count];
            for (var axis = 0; axis < place.Length; axis++)
            {
                source[permute.Axes[axis]] = place[axis];
            }

            result[position++] = row[Places.Index(source, from)];
        }

        return result;
    }
}
