using System.Globalization;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Benchmarks;

/// <summary>Where Winograd's minimal filtering overtakes direct convolution on this machine, beside what the rule chooses.</summary>
internal static class WinogradCrossover
{
    private static readonly int[] s_channels = [8, 12, 16, 24, 32, 64, 128];
    private static readonly int[] s_extents = [6, 7, 8, 14, 28];

    /// <summary>Prints the effective GFLOP/s of both ways, forward, for channels and extents.</summary>
    /// <param name="seconds">How long each is measured.</param>
    public static void Print(double seconds)
    {
        Console.WriteLine("channels   size     direct   Winograd   gain   rule");
        var rule = new Dictionary<string, bool>();
        var source = string.Join("\n", from channels in s_channels
                                       from extent in s_extents
                                       select $"[ModelGen.Model, ModelGen.Input({channels}, {extent}, {extent}), ModelGen.Conv2D({channels}, 3, Padding = ModelGen.Pad.Same)] public partial class C{channels}x{extent};");
        var direct = Times(source, _ => false, seconds);
        var winograd = Times(source, contract => (rule[$"C{contract.Geometry.InPerGroup}x{contract.Geometry.Axes[0].In}"] = WinogradRule.Suits(contract)) || contract is not null, seconds);
        foreach (var (model, (time, flops)) in direct)
        {
            var other = winograd[model].Seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model[1..].Replace("x", "         ", StringComparison.Ordinal),-16} {flops / time * 1e-9,8:F1} {flops / other * 1e-9,10:F1} {time / other,6:F2}   {(rule[model] ? "Winograd" : "direct")}"));
        }
    }

    private static Dictionary<string, (double Seconds, double Flops)> Times(string source, Func<Contract, bool> usesWinograd, double seconds) =>
        KernelLab.Compile(source, usesWinograd)
            .Where(kernel => kernel.Program == "train")
            .GroupBy(kernel => kernel.Model)
            .ToDictionary(group => group.Key, group => (group.Sum(kernel => kernel.Time(seconds / 20)), 2.0 * group.Sum(kernel => kernel.MultiplyAdds)));
}
