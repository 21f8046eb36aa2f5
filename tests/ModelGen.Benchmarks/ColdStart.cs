using System.Diagnostics;
using System.Globalization;

namespace ModelGen.Benchmarks;

/// <summary>
/// The time from the start of a process to its first prediction and its first training step, as the parent sees it:
/// samples/Embedded published for the JIT, with ReadyToRun code, and as native code.
/// </summary>
internal static class ColdStart
{
    private const int Runs = 15;

    private static readonly (string Name, string[] Options)[] s_ways =
    [
        ("JIT", ["--no-self-contained"]),
        ("ReadyToRun", ["--no-self-contained", "-p:PublishReadyToRun=true"]),
        ("native AOT", ["-p:PublishAot=true", "-p:IlcInstructionSet=native"]),
    ];

    /// <summary>Publishes the sample in each way into a temporary folder and prints its times.</summary>
    public static void Print()
    {
        var repository = FindRepository();
        var image = Path.Combine(repository, "samples", "Embedded", "Data", "ankle-boot.pgm");
        foreach (var (name, options) in s_ways)
        {
            var folder = Directory.CreateTempSubdirectory("modelgen").FullName;
            try
            {
                Run("dotnet", ["publish", Path.Combine(repository, "samples", "Embedded"), "-c", "Release", "-r", "linux-x64", "-v", "q", "-nodeReuse:false", "-o", folder, .. options]).WaitForExit();
                var program = Path.Combine(folder, "Embedded");
                var bytes = Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is "" or ".dll").Sum(file => new FileInfo(file).Length);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-12} first prediction {FirstLine(program, [image]),6:F1} ms, first training step {FirstLine(program, [image, "--learn", "9"]),6:F1} ms, {bytes:N0} bytes"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The shortest time to the first line of output, in milliseconds.</summary>
    private static double FirstLine(string program, string[] arguments)
    {
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Run(program, arguments);
            if (process.StandardOutput.ReadLine() is null)
            {
                throw new InvalidOperationException($"{program} printed nothing.");
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
        }

        return best;
    }

    private static Process Run(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The sample is published from the repository; run the benchmark there.");
    }
}
