namespace PerceptronSample;

/// <summary>A function of two bits: what the neurons are to learn.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Outputs">Its value for each of the four inputs.</param>
internal sealed record TruthTable(string Name, int[] Outputs)
{
    /// <summary>The number of inputs there are.</summary>
    public const int Count = 4;

    /// <summary>1 where both bits are.</summary>
    public static readonly TruthTable And = new("AND", [0, 0, 0, 1]);

    /// <summary>1 where exactly one bit is.</summary>
    public static readonly TruthTable Xor = new("XOR", [0, 1, 1, 0]);

    /// <summary>All inputs, two numbers each.</summary>
    public static float[] Inputs { get; } = [0, 0, 0, 1, 1, 0, 1, 1];

    /// <summary>The outputs as numbers, for losses that compare probabilities.</summary>
    public float[] Targets => Array.ConvertAll(Outputs, output => (float)output);
}
