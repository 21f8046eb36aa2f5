using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ModelGen.Benchmarks;

/// <summary>The memory of training: what the plan says, and the most that a process which does nothing else has held.</summary>
internal static class StepMemory
{
    private const int AdamMoments = 2;

    /// <summary>Prints a line for each model.</summary>
    /// <param name="models">The names of the models.</param>
    /// <param name="batch">The samples of a step, or zero for the peers' number.</param>
    /// <param name="threads">The threads of a step.</param>
    public static void Print(IReadOnlyList<string> models, int batch, int threads)
    {
        Console.WriteLine("model     batch   parameters, moments    values, gradients   peak of the process, runtime included");
        foreach (var name in models)
        {
            var workload = Workloads.Create(name, batch, threads);
            var summary = workload.Summary;
            var peak = PeakOfProcess(name, workload.Batch, threads);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-8} {workload.Batch,6} {(1 + AdamMoments) * summary.ParameterBytes,21:N0} {summary.TrainerBytes(workload.Batch, threads),20:N0} {peak,20:N0} bytes"));
        }
    }

    private static long PeakOfProcess(string name, int batch, int threads)
    {
        // Started as "dotnet ModelGen.Benchmarks.dll", the program of this process is dotnet.
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        string[] arguments = [.. self, "--models", name, "--mode", "train", "--seconds", "0.1", "--json", "--batch", $"{batch}", "--threads", $"{threads}"];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        using var line = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return line.RootElement.GetProperty("peak_memory_bytes").GetInt64();
    }
}
