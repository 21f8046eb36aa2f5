using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>Evaluates <see cref="Window"/> and <see cref="Unwindow"/> by walking over every tap of every window.</summary>
internal static class WindowInterpreter
{
    /// <summary>The values and, for a maximum, the row-major number of the tap where each was found first.</summary>
    public static double[][][] Run(Window window, GraphValues values)
    {
        var input = window.Inputs[0];
        var rows = values[input];
        var results = window.Outputs.Select(output => rows.Select(_ => new double[output.Shape.Count]).ToArray()).ToArray();
        ForEachWindow(window.Axes, (output, taps) =>
        {
            for (var row = 0; row < rows.Length; row++)
            {
                if (window.Kind == WindowKind.Sum)
                {
                    results[0][row][output] = taps.Sum(tap => rows[row][tap.Input]);
                    continue;
                }

                var best = double.NegativeInfinity;
                foreach (var (place, tap) in taps)
                {
                    var element = rows[row][place];
                    if (element > best || double.IsNaN(element))
                    {
                        best = element;
                        results[1][row][output] = tap;
                    }
                }

                results[0][row][output] = best;
            }
        });
        return results;
    }

    /// <summary>Each number spread over its window, or put where the maximum was found; where windows overlap, added.</summary>
    public static double[][] Run(Unwindow unwindow, GraphValues values)
    {
        var rows = values[unwindow.Inputs[0]];
        var positions = unwindow.Kind == WindowKind.Max ? unwindow.Inputs[1] : null;
        var results = rows.Select(_ => new double[unwindow.Output.Shape.Count]).ToArray();
        ForEachWindow(unwindow.Axes, (output, taps) =>
        {
            for (var row = 0; row < rows.Length; row++)
            {
                foreach (var (place, tap) in taps)
                {
                    if (positions is null || values.Row(positions, row)[output] == tap)
                    {
                        results[row][place] += rows[row][output];
                    }
                }
            }
        });
        return results;
    }

    /// <summary>Hands out each output's position with the input positions and numbers of the taps that fall inside.</summary>
    private static void ForEachWindow(IReadOnlyList<ContractAxis> axes, Action<int, List<(int Input, int Tap)>> visit)
    {
        int[] inputs = [.. axes.Select(axis => axis.In)];
        int[] outputs = [.. axes.Select(axis => axis.Out)];
        int[] kernel = [.. axes.Select(axis => axis.Kernel)];
        foreach (var output in Places.All(outputs))
        {
            var taps = new List<(int, int)>();
            foreach (var tap in Places.All(kernel))
            {
                var place = axes.Select((axis, a) => axis.InputPlace(output[a], tap[a])).ToArray();
                if (place.All(coordinate => coordinate is not null))
                {
                    taps.Add((Places.Index([.. place.Select(coordinate => coordinate!.Value)], inputs), Places.Index(tap, kernel)));
                }
            }

            visit(Places.Index(output, outputs), taps);
        }
    }
}
