using ModelGen;

namespace SampleKit;

/// <summary>Paints backgrounds: a random slope, soft spots, stripes in a random direction, and grain.</summary>
public static class Texture
{
    private const int Cell = 8;

    /// <summary>Paints all of a canvas.</summary>
    /// <param name="canvas">Receives a brightness of 0 … 1, row by row.</param>
    /// <param name="side">The width and height.</param>
    /// <param name="random">Where the texture comes from; it moves on.</param>
    public static void Paint(Span<float> canvas, int side, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var level = 0.15f + (0.45f * random.NextSingle());
        var (slopeX, slopeY) = (Signed(0.15f), Signed(0.15f));
        var spots = 0.18f * random.NextSingle();
        var stripes = 0.12f * random.NextSingle();
        var angle = 2 * Math.PI * random.NextDouble();
        var frequency = 0.3 + (1.2 * random.NextDouble());
        var (waveX, waveY) = (frequency * Math.Cos(angle), frequency * Math.Sin(angle));
        var grain = 0.05f * random.NextSingle();

        var cells = (side / Cell) + 2;
        var lattice = new float[cells * cells];
        for (var i = 0; i < lattice.Length; i++)
        {
            lattice[i] = Signed(1);
        }

        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var value = level + (slopeX * ((2f * x / side) - 1)) + (slopeY * ((2f * y / side) - 1));
                value += spots * Smooth(lattice, cells, x / (float)Cell, y / (float)Cell);
                value += stripes * (float)Math.Sin((waveX * x) + (waveY * y));
                value += grain * Signed(1);
                canvas[(y * side) + x] = Math.Clamp(value, 0, 1);
            }
        }

        float Signed(float most) => most * ((2 * random.NextSingle()) - 1);
    }

    // Value noise: random numbers at the corners of cells, and smooth steps between them.
    private static float Smooth(float[] lattice, int cells, float x, float y)
    {
        var (column, row) = ((int)x, (int)y);
        var (u, v) = (Step(x - column), Step(y - row));
        var corner = (row * cells) + column;
        var upper = lattice[corner] + (u * (lattice[corner + 1] - lattice[corner]));
        var lower = lattice[corner + cells] + (u * (lattice[corner + cells + 1] - lattice[corner + cells]));
        return upper + (v * (lower - upper));
    }

    private static float Step(float share) => share * share * (3 - (2 * share));
}
