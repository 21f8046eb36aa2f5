using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>
/// Evaluates <see cref="Contract"/> by walking over every product of its geometry: y[g·O + o, p] is the sum over i and k of
/// x[g·I + i, p·stride + k·dilation − padding] · w[g·O + o, i, k], and each role adds the same products to another of the three.
/// </summary>
internal static class ContractInterpreter
{
    /// <summary>The result of the contraction for all samples; summed over them where it belongs to the model.</summary>
    public static double[][] Run(Contract contract, GraphValues values)
    {
        var output = contract.Output;
        var perSample = contract.Inputs.Any(input => input.Scope == Scope.Sample);
        var results = new double[output.Scope == Scope.Sample ? values.Samples : 1][];
        for (var row = 0; row < results.Length; row++)
        {
            results[row] = new double[output.Shape.Count];
        }

        var products = Products(contract.Geometry);
        for (var sample = 0; sample < (perSample ? values.Samples : results.Length); sample++)
        {
            var first = values.Row(contract.Inputs[0], sample);
            var second = values.Row(contract.Inputs[1], sample);
            var result = results[output.Scope == Scope.Sample ? sample : 0];
            foreach (var (x, y, w) in products)
            {
                switch (contract.Role)
                {
                    case ContractRole.Output:
                        result[y] += first[x] * second[w];
                        break;
                    case ContractRole.Input:
                        result[x] += first[y] * second[w];
                        break;
                    default:
                        result[w] += first[x] * second[y];
                        break;
                }
            }
        }

        return results;
    }

    /// <summary>The positions of every product in x, y and w.</summary>
    private static List<(int X, int Y, int W)> Products(ContractGeometry geometry)
    {
        var products = new List<(int, int, int)>();
        var inputShape = geometry.InputShape.Extents;
        var outputShape = geometry.OutputShape.Extents;
        int[] outputs = [.. geometry.Axes.Select(axis => axis.Out)];
        int[] kernel = [.. geometry.Axes.Select(axis => axis.Kernel)];
        int[] weights = [geometry.Groups * geometry.OutPerGroup, geometry.InPerGroup, .. kernel];
        foreach (var output in Places.All(outputs))
        {
            foreach (var tap in Places.All(kernel))
            {
                var input = geometry.Axes.Select((axis, a) => axis.InputPlace(output[a], tap[a])).ToArray();
                if (input.Any(place => place is null))
                {
                    continue;
                }

                int[] inputPlace = [.. input.Select(place => place!.Value)];
                for (var g = 0; g < geometry.Groups; g++)
                {
                    for (var o = 0; o < geometry.OutPerGroup; o++)
                    {
                        for (var i = 0; i < geometry.InPerGroup; i++)
                        {
                            var filter = (g * geometry.OutPerGroup) + o;
                            var channel = (g * geometry.InPerGroup) + i;
                            products.Add((
                                Places.Index(WithChannel(channel, inputPlace), inputShape),
                                Places.Index(WithChannel(filter, output), outputShape),
                                Places.Index([filter, i, .. tap], weights)));
                        }
                    }
                }
            }
        }

        return products;

        int[] WithChannel(int channel, int[] places) => geometry.ChannelsLast ? [.. places, channel] : [channel, .. places];
    }
}
