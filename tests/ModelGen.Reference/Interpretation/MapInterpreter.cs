using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>Evaluates <see cref="Map"/>: its expression at every place of its shape, inputs repeated along their axes of one.</summary>
internal static class MapInterpreter
{
    /// <summary>The result of the map for every sample, or once where nothing it reads is per sample.</summary>
    public static double[][] Run(Map map, GraphValues values, uint randomKey)
    {
        var extents = map.Shape.Extents;
        var results = new double[map.Output.Scope == Scope.Sample ? values.Samples : 1][];
        for (var sample = 0; sample < results.Length; sample++)
        {
            results[sample] = new double[map.Shape.Count];
            var position = 0;
            foreach (var place in Places.All(extents))
            {
                var inputs = new double[map.Inputs.Count];
                for (var i = 0; i < inputs.Length; i++)
                {
                    var view = map.Views[i].Extents;
                    var seen = place.Select((coordinate, axis) => view[axis] == 1 ? 0 : coordinate).ToArray();
                    inputs[i] = values.Row(map.Inputs[i], sample)[Places.Index(seen, view)];
                }

                results[sample][position++] = ScalarEvaluator.Evaluate(map.Body, new ScalarPlace(inputs, place, extents, sample, randomKey));
            }
        }

        return results;
    }
}
