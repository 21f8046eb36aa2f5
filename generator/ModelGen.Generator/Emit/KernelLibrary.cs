using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Emit;

/// <summary>The kernels of one model: those of the same text are one method, whichever layers and programs call it.</summary>
internal sealed class KernelLibrary
{
    /// <summary>Leaf methods of literals only: compiled once, with every optimisation, never inlined into each other.</summary>
    private const string Attributes = "[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]";

    private readonly Dictionary<string, (string Name, Kernel Kernel)> _kernels = [];
    private readonly NameScope _names = new(
        "Kernels", "Kernels512", "Kernels256", "Kernels128", "Unsafe", "Math", "MemoryMarshal", "Vector512", "Vector256", "Vector128",
        "VectorMath", "VectorRandom", "VectorTail", "Lanes", "FeatureLanes", "WeightPacking", "Winograd", "MathF", "MethodImpl", "MethodImplOptions");

    /// <summary>The emitted name of a kernel, added when it is new.</summary>
    public string NameOf(Kernel kernel)
    {
        if (!_kernels.TryGetValue(kernel.Key, out var known))
        {
            _kernels[kernel.Key] = known = (_names.Unique(kernel.Name), kernel);
        }

        return known.Name;
    }

    /// <summary>Writes the call of a kernel; what it takes beside its operands stands in locals of the same names.</summary>
    /// <param name="writer">Takes the call.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="place">Where a value lies.</param>
    public void EmitCall(SourceWriter writer, Kernel kernel, Func<Value, string> place)
    {
        var arguments = kernel.Operands.Select(operand => "ref " + place(operand.Value))
            .Concat(kernel.DrawsRandomNumbers ? ["context.RandomKey", $"(uint)(context.Index * {VectorWidth.BlockLanes})"] : [])
            .Concat(kernel.Extras.Select(extra => extra.Name))
            .Concat(kernel.IsShared ? [SharedLoop.Arguments] : []);
        writer.Line($"// {kernel.Summary}");
        writer.Line($"Kernels.{NameOf(kernel)}({string.Join(", ", arguments)});");
    }

    /// <summary>Writes a class with, for each kernel, the choice of the vector width.</summary>
    public void EmitDispatch(SourceWriter writer)
    {
        writer.Line("/// <summary>The kernels: each call goes to the widest vectors this processor has, a choice the JIT makes once.</summary>");
        using (writer.Block("internal static class Kernels"))
        {
            var isFirst = true;
            foreach (var (name, kernel) in _kernels.Values)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                writer.Line($"/// <summary>{Escape(kernel.Summary)}</summary>");
                using (writer.Block($"public static void {name}({kernel.Signature})"))
                {
                    for (var i = 0; i < VectorWidth.All.Count; i++)
                    {
                        var width = VectorWidth.All[i];
                        var condition = i == VectorWidth.All.Count - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if ({width.Type}.IsHardwareAccelerated)";
                        using (writer.Block(condition))
                        {
                            var parts = kernel.Parts(width).Count;
                            for (var part = 0; part < parts; part++)
                            {
                                writer.Line($"Kernels{width.Bits}.{PartName(name, part, parts)}({kernel.Arguments});");
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Writes the class of the kernels for one width.</summary>
    public void EmitWidth(SourceWriter writer, VectorWidth width)
    {
        writer.Line($"/// <summary>The kernels for {width.Bits}-bit vectors, {width.Lanes} numbers each.</summary>");
        using (writer.Block($"internal static class Kernels{width.Bits}"))
        {
            var isFirst = true;
            foreach (var (name, kernel) in _kernels.Values)
            {
                var parts = kernel.Parts(width);
                for (var part = 0; part < parts.Count; part++)
                {
                    if (!isFirst)
                    {
                        writer.Line();
                    }

                    isFirst = false;
                    writer.Line($"/// <summary>{Escape(kernel.Summary)}{(parts.Count > 1 ? $" Part {part + 1} of {parts.Count}." : "")}</summary>");
                    writer.Line(Attributes);
                    using (writer.Block($"public static void {PartName(name, part, parts.Count)}({kernel.Signature})"))
                    {
                        writer.Lines(parts[part]);
                    }
                }
            }
        }
    }

    /// <summary>The name of the method that is one of a kernel's parts.</summary>
    public static string PartName(string name, int part, int parts) => parts == 1 ? name : $"{name}_{part + 1}";

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
