using System.Diagnostics;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Kernels of all vector widths add in the same order, so that a network learns the same, bit by bit, on every processor that fuses multiply and add.</summary>
public sealed class VectorWidthTests
{
    [Fact]
    public void GiveTheSameBits()
    {
        var bits = TrainedBits.Compute();
        Assert.Equal(bits, Print("DOTNET_EnableAVX512", "0"));
        Assert.Equal(bits, Print("DOTNET_PreferredVectorBitWidth", "128"));
    }

    private static string[] Print(string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TrainedBits).Assembly.Location, TrainedBits.Argument]) { RedirectStandardOutput = true };
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return lines;
    }
}
