using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// The constants of the runtime's class Block, which stand for the arguments of a block, and their replacement by what the
/// block was given. They are numbers so far from any that makes sense, and from each other, that what arithmetic makes of
/// one is known too.
/// </summary>
internal static class BlockConstants
{
    /// <summary>The label of a block's input.</summary>
    public const string Input = ArgumentValue.BlockInput;

    /// <summary>Numbers below this are a constant or what arithmetic made of one.</summary>
    private const int Beyond = 1 << 20;

    private const int First = -2_130_000_000;
    private const int Distance = 140_000_000;

    /// <summary>The constants in the order of their values: the argument they stand for, what holds where it is not given, and the ratio to it.</summary>
    private static readonly (string Constant, string Argument, int? Otherwise, int Times, int Over)[] s_constants =
    [
        ("Width", "Width", null, 1, 1),
        ("HalfWidth", "Width", null, 1, 2),
        ("QuarterWidth", "Width", null, 1, 4),
        ("DoubleWidth", "Width", null, 2, 1),
        ("QuadrupleWidth", "Width", null, 4, 1),
        ("Stride", "Stride", 1, 1, 1),
        ("Kernel", "Kernel", null, 1, 1),
        ("Units", "Units", null, 1, 1),
        ("Heads", "Heads", null, 1, 1),
        ("Groups", "Groups", 1, 1, 1),
        ("Dilation", "Dilation", 1, 1, 1),
    ];

    /// <summary>The argument of a layer that holds such a constant, or null; outside of a block it means nothing.</summary>
    public static string? Find(LayerSpec layer) => layer.Arguments.FirstOrDefault(argument => Numbers(argument.Value).Any(number => Index(number) is not null))?.Name;

    /// <summary>The layer with the arguments of its block in place of the constants.</summary>
    /// <param name="layer">A layer of the block.</param>
    /// <param name="block">The block as it is used.</param>
    /// <param name="bound">Receives the argument of the block behind each argument of the layer, by its name in capitals.</param>
    /// <param name="error">What is wrong, with the block's argument it is about; the layer's name is put first by the caller.</param>
    public static LayerSpec Bind(LayerSpec layer, LayerSpec block, Dictionary<string, string> bound, out LayerError? error)
    {
        LayerError? found = null;
        var arguments = layer.Arguments.Select(argument => argument with { Value = BindValue(argument) }).ToEquatableArray();
        error = found;
        return layer with { Arguments = arguments };

        ArgumentValue BindValue(ArgumentSpec argument)
        {
            if (argument.Value.Number is <= -Beyond)
            {
                found ??= Wrong(DiagnosticDescriptors.BlockArithmetic, null, argument.Name);
            }

            return argument.Value switch
            {
                { Integer: { } integer } => argument.Value with { Integer = BindNumber(integer, argument.Name) },
                { Integers: { } integers } => argument.Value with { Integers = integers.Select(integer => BindNumber(integer, argument.Name)).ToEquatableArray() },
                var other => other,
            };
        }

        int BindNumber(int number, string argument)
        {
            if (!IsMeant(number))
            {
                return number;
            }

            if (Index(number) is not { } index)
            {
                found ??= Wrong(DiagnosticDescriptors.BlockArithmetic, null, argument);
                return 1;
            }

            var (constant, given, otherwise, times, over) = s_constants[index];
            bound[argument.ToUpperInvariant()] = given;
            if ((block.Find(given)?.Integer ?? otherwise) is not { } value)
            {
                found ??= Wrong(DiagnosticDescriptors.BlockArgumentMissing, null, constant, block.Attribute, given, char.ToLowerInvariant(given[0]) + given.Substring(1));
                return 1;
            }

            if (IsMeant(value))
            {
                // Reported where the block is used.
                return 1;
            }

            if (value % over != 0)
            {
                found ??= Wrong(DiagnosticDescriptors.WidthDoesNotDivide, given, constant, given, Text(value), Text(over));
            }

            return (int)System.Math.Max(int.MinValue, System.Math.Min(int.MaxValue, (long)value * times / over));
        }

        static LayerError Wrong(Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, string? argument, params string[] arguments) =>
            new(descriptor, argument, arguments.ToEquatableArray());
    }

    /// <summary>Which constant a number is, or null.</summary>
    private static int? Index(int number)
    {
        var index = ((long)number - First) / Distance;
        return ((long)number - First) % Distance == 0 && index >= 0 && index < s_constants.Length ? (int)index : null;
    }

    private static bool IsMeant(int number) => number <= -Beyond;

    private static IEnumerable<int> Numbers(ArgumentValue value) =>
        value.Integer is { } integer ? [integer] : value.Integers ?? EquatableArray<int>.Empty;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
