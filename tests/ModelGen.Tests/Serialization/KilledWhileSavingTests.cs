using System.Diagnostics;
using ModelGen.Tests.Data;
using Xunit;

namespace ModelGen.Tests.Serialization;

public sealed class KilledWhileSavingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void KillingTheProcessLosesNothing()
    {
        var path = _folder["model.safetensors"];
        var random = new SeededRandom(1);
        var parameters = SavingProcess.CreateParameters();
        for (var round = 0; round < 8; round++)
        {
            KillAfterFirstSave(path, TimeSpan.FromMilliseconds(random.NextDouble() * 40));
            ModelFile.Load(path, parameters);
            var number = parameters[0].Values[0];

            Assert.True(number >= 1);
            Assert.Equal(-1, parameters[0].Values.IndexOfAnyExcept(number));
        }
    }

    private static void KillAfterFirstSave(string path, TimeSpan delay)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SavingProcess).Assembly.Location, SavingProcess.Argument, path])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("saved", process.StandardOutput.ReadLine());
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < delay)
            {
                Thread.SpinWait(100);
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
