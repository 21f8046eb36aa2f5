using System.Diagnostics;

namespace ModelGen.Generator.Tests.Package;

/// <summary>The package as a user meets it: restored from a folder into a new console project, built and run.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program = """
        using ModelGen;

        var net = new Xor(seed: 1);
        var trainer = net.CreateTrainer(new Adam(0.05f), batch: 4);
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1], targets = [0, 1, 1, 0];
        for (var step = 0; step < 500; step++)
        {
            trainer.Step(inputs, targets);
        }

        var outputs = new float[4];
        net.CreatePredictor().Predict(inputs, outputs);
        Console.WriteLine(string.Join(" ", outputs.Select(output => output > 0.5f ? 1 : 0)));

        [Model, Input(2), Dense(8), Tanh, Dense(1), MeanSquaredError]
        public partial class Xor;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("modelgen-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ANewProjectRestoresBuildsAndRuns()
    {
        var feed = Path.Combine(_folder, "feed");
        Run(Repository(), "pack", "src/ModelGen/ModelGen.csproj", "-c", "Release", "-o", feed, "-p:Version=0.1.0-test");
        var package = Assert.Single(Directory.GetFiles(feed, "*.nupkg"));
        Assert.EndsWith("ModelGen.0.1.0-test.nupkg", package);

        var project = Path.Combine(_folder, "Console");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(project, "Console.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelGen" Version="0.1.0-test" />
              </ItemGroup>
            </Project>
            """);
        Assert.Equal("0 1 1 0", Run(project, "run", "-c", "Release").Trim());
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ModelGen.sln is not above the tests.");
        }

        return folder;
    }

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the test host was started with must not reach the tools it starts.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }
}
