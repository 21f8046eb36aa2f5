using System.Collections.Generic;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Emit;

/// <summary>A vector type kernels are emitted for: its lanes of float, and how many values its registers hold at once.</summary>
/// <param name="Bits">The width in bits.</param>
/// <param name="Registers">The vector registers of processors of that width.</param>
internal sealed record VectorWidth(int Bits, int Registers)
{
    /// <summary>The samples of one block; the same for every width, so that memory is laid out alike.</summary>
    public const int BlockLanes = 16;

    /// <summary>A number of words rounded up to whole cache lines.</summary>
    public static int RoundUp(int words) => (words + BlockLanes - 1) / BlockLanes * BlockLanes;

    /// <summary>AVX-512.</summary>
    public static VectorWidth V512 { get; } = new(512, 32);

    /// <summary>AVX2.</summary>
    public static VectorWidth V256 { get; } = new(256, 16);

    /// <summary>SSE, NEON and everything else.</summary>
    public static VectorWidth V128 { get; } = new(128, 16);

    public static IReadOnlyList<VectorWidth> All { get; } = [V512, V256, V128];

    public int Lanes => Bits / 32;

    /// <summary>The name of the vector type, such as <c>Vector512</c>.</summary>
    public string Type => "Vector" + Bits;

    /// <summary>a·b + c; the narrowest kernels also run where no fused instruction exists.</summary>
    public string MultiplyAdd(string a, string b, string c) =>
        Bits == 128 ? $"{Type}.MultiplyAddEstimate({a}, {b}, {c})" : $"{Type}.FusedMultiplyAdd({a}, {b}, {c})";

    /// <summary>The numbers at a place; integers, which share the memory of floats, are converted.</summary>
    public string Load(Element element, string place) =>
        element == Element.Int ? $"{Type}.ConvertToSingle({Type}.LoadUnsafe<float>({place}).AsInt32())" : $"{Type}.LoadUnsafe<float>({place})";

    /// <summary>
    /// The accumulators, live inputs and weights a kernel may hold at once: what the registers take, less what the JIT
    /// needs for itself. One more spills, and a spilled kernel runs at a quarter of the speed.
    /// </summary>
    public int Budget => Registers == 32 ? 29 : 15;

    /// <summary>The accumulators beyond which more bring nothing: enough to hide the latency of a multiply-add twice over.</summary>
    public int Accumulators => Registers == 32 ? 24 : 12;
}
