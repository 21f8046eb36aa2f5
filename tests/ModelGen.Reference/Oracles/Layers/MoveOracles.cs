namespace ModelGen.Reference.Oracles.Layers;

/// <summary>The same elements in row-major order under another type: Flatten, Reshape.</summary>
internal sealed class ReshapeOracle(OracleType input, OracleType output) : OracleLayer(input, output)
{
    public override double[][] Forward(double[][] x, OraclePass pass) => x;

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass) => dy;
}

/// <summary>
/// Elements taken from other places: output element i is input element <c>sources[i]</c>. Permute, Upsample2D.
/// </summary>
internal sealed class GatherOracle(OracleType input, OracleType output, int[] sources) : OracleLayer(input, output)
{
    /// <summary>Axis a of the result is axis <paramref name="axes"/>[a] of the input.</summary>
    public static GatherOracle Permute(OracleType input, int[] axes, string name)
    {
        var output = new OracleType([.. axes.Select(axis => input.Extents[axis])], PermutedRoles(input, axes));
        var sources = Places.All(output.Extents).Select(place =>
        {
            var source = new int[axes.Length];
            for (var axis = 0; axis < axes.Length; axis++)
            {
                source[axes[axis]] = place[axis];
            }

            return Places.Index(source, input.Extents);
        });
        return new GatherOracle(input, output, [.. sources]) { Name = name };
    }

    /// <summary>Repeats every place along each spatial axis as often as its scale says: nearest neighbour.</summary>
    public static GatherOracle Upsample(OracleType input, int[] scales, string name)
    {
        int[] factors = [1, .. scales];
        var output = input with { Extents = [.. input.Extents.Zip(factors, (extent, factor) => extent * factor)] };
        var sources = Places.All(output.Extents)
            .Select(place => Places.Index([.. place.Zip(factors, (coordinate, factor) => coordinate / factor)], input.Extents));
        return new GatherOracle(input, output, [.. sources]) { Name = name };
    }

    /// <summary>Axes keep their roles, but a transposed matrix passes from a sequence to a signal and back.</summary>
    private static OracleRole[] PermutedRoles(OracleType input, int[] axes) => (axes, input.Roles) switch
    {
        ([1, 0], [OracleRole.Time, OracleRole.Feature]) => [OracleRole.Channel, OracleRole.Space],
        ([1, 0], [OracleRole.Channel, OracleRole.Space]) => [OracleRole.Time, OracleRole.Feature],
        _ => [.. axes.Select(axis => input.Roles[axis])],
    };

    public override double[][] Forward(double[][] x, OraclePass pass) => [.. x.Select(row => sources.Select(source => row[source]).ToArray())];

    public override double[][] Backward(double[][] x, double[][] y, double[][] dy, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var i = 0; i < sources.Length; i++)
            {
                dx[sample][sources[i]] += dy[sample][i];
            }
        }

        return dx;
    }
}
