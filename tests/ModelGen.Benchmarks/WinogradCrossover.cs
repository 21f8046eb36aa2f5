using System.Globalization;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Benchmarks;

/// <summary>Where Winograd's minimal filtering overtakes direct convolution on this machine, beside what the rule chooses.</summary>
internal static class WinogradCrossover
{
    private static readonly int[] s_channels = [8, 12, 16, 24, 32, 64, 128];
    private static readonly int[] s_extents = [6, 7, 8, 14, 28];

    /// <summary>Prints the effective GFLOP/s of both ways, forward and for the gradient of the weights, by channels and extents.</summary>
    /// <param name="seconds">How long each is measured.</param>
    public static void Print(double seconds)
    {
        Console.WriteLine("                channels   size     direct   Winograd   gain   rule");
        var rule = new Dictionary<(string Model, bool IsGradient), bool>();
        var source = string.Join("\n", from channels in s_channels
                                       from extent in s_extents
                                       select $"[ModelGen.Model, ModelGen.Input({channels}, {extent}, {extent}), ModelGen.Conv2D({channels}, 3, Padding = ModelGen.Pad.Same), ModelGen.MeanSquaredError] public partial class C{channels}x{extent};");
        var direct = Times(source, _ => false, seconds);
        var winograd = Times(source, Choose, seconds);
        foreach (var ((model, isGradient), (time, flops)) in direct.OrderBy(row => row.Key.IsGradient))
        {
            var other = winograd[(model, isGradient)].Seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isGradient ? "weight gradient" : "forward"),-15} {model[1..].Replace("x", "         ", StringComparison.Ordinal),-16} {flops / time * 1e-9,8:F1} {flops / other * 1e-9,10:F1} {time / other,6:F2}   {(rule[(model, isGradient)] ? "Winograd" : "direct")}"));
        }

        bool Choose(Contract contract)
        {
            rule[($"C{contract.Geometry.InPerGroup}x{contract.Geometry.Axes[0].In}", contract.Role == ContractRole.Weight)] = WinogradRule.Suits(contract);
            return WinogradRule.IsPossible(contract);
        }
    }

    private static Dictionary<(string Model, bool IsGradient), (double Seconds, double Flops)> Times(string source, Func<Contract, bool> usesWinograd, double seconds) =>
        KernelLab.Compile(source, usesWinograd)
            .Where(kernel => kernel.Program == "train" && kernel.Layer.StartsWith("conv", StringComparison.Ordinal))
            .GroupBy(kernel => (kernel.Model, kernel.Name.Contains("WeightGradient", StringComparison.Ordinal)))
            .ToDictionary(group => group.Key, group => (group.Sum(kernel => kernel.Time(seconds / 20)), 2.0 * group.Sum(kernel => kernel.MultiplyAdds)));
}
