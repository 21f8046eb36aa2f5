namespace ModelGen.Reference.Oracles.Layers;

/// <summary>Products with row-major matrices, and their gradients.</summary>
internal static class Matrix
{
    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>W·x.</summary>
    public static double[] Times(double[] matrix, double[] x) => [.. matrix.Chunk(x.Length).Select(row => Dot(row, x))];

    /// <summary>The gradient of x for that of W·x; adds W's to <paramref name="matrixSlopes"/>.</summary>
    public static double[] Backward(double[] matrix, double[] x, double[] outer, double[] matrixSlopes)
    {
        var slopes = new double[x.Length];
        for (var row = 0; row < outer.Length; row++)
        {
            for (var column = 0; column < x.Length; column++)
            {
                matrixSlopes[(row * x.Length) + column] += outer[row] * x[column];
                slopes[column] += outer[row] * matrix[(row * x.Length) + column];
            }
        }

        return slopes;
    }
}
