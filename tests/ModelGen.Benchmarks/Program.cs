using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Running;
using ModelGen.Benchmarks;

var models = new Option<string>("--models") { Description = "The models, comma separated", DefaultValueFactory = _ => string.Join(",", Workloads.Names) };
var threads = new Option<int>("--threads") { Description = "The threads of a training step and of a prediction", DefaultValueFactory = _ => 1 };
var batch = new Option<int>("--batch") { Description = "The samples of a training step, instead of the peers' number" };
var mode = new Option<string>("--mode") { Description = "What is measured", HelpName = "train|infer|all", DefaultValueFactory = _ => "all" };
var seconds = new Option<double>("--seconds") { Description = "How long each measurement goes on", DefaultValueFactory = _ => 1.5 };
var json = new Option<bool>("--json") { Description = "One JSON object a line" };
var peak = new Option<bool>("--peak") { Description = "Only the multiply-add peak of one core" };
var kernels = new Option<bool>("--kernels") { Description = "Each kernel of the models alone" };
var sweep = new Option<bool>("--sweep") { Description = "The kernels of layers of many shapes, the worst last" };
var winograd = new Option<bool>("--winograd") { Description = "Direct convolution against Winograd's by shape, and what the rule chooses" };
var code = new Option<bool>("--code") { Description = "The size of the generated code: lines, IL, machine code" };
var memory = new Option<bool>("--memory") { Description = "The memory of a training step" };
var startup = new Option<bool>("--startup") { Description = "From process start to first prediction and training step: JIT, ReadyToRun, native AOT" };
var generator = new Option<bool>("--generator") { Description = "The generator's own time and memory, with BenchmarkDotNet" };
mode.AcceptOnlyFromAmong("train", "infer", "all");
models.Validators.Add(result =>
{
    if ((result.GetValue(models) ?? "").Split(',').FirstOrDefault(name => !Workloads.Names.Contains(name)) is { } unknown)
    {
        result.AddError($"'{unknown}' is no model; there are {string.Join(", ", Workloads.Names)}.");
    }
});

var command = new RootCommand("Measures training steps and predictions against the machine's multiply-add peak.")
{
    models, threads, batch, mode, seconds, json, peak, kernels, sweep, winograd, code, memory, startup, generator,
};
command.SetAction(arguments =>
{
    var names = arguments.GetValue(models)!.Split(',');
    if (arguments.GetValue(peak))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{FmaPeak.Measure():F1} GFLOP/s"));
    }
    else if (arguments.GetValue(kernels))
    {
        KernelProfile.Print(names, arguments.GetValue(seconds));
    }
    else if (arguments.GetValue(sweep))
    {
        Sweep.Print(arguments.GetValue(seconds));
    }
    else if (arguments.GetValue(winograd))
    {
        WinogradCrossover.Print(arguments.GetValue(seconds));
    }
    else if (arguments.GetValue(code))
    {
        CodeSize.Print(names);
    }
    else if (arguments.GetValue(memory))
    {
        StepMemory.Print(names, arguments.GetValue(batch), arguments.GetValue(threads));
    }
    else if (arguments.GetValue(startup))
    {
        ColdStart.Print();
    }
    else if (arguments.GetValue(generator))
    {
        BenchmarkRunner.Run<GeneratorBenchmarks>();
    }
    else
    {
        foreach (var name in names)
        {
            Measure(Workloads.Create(name, arguments.GetValue(batch), arguments.GetValue(threads)), arguments.GetValue(mode)!, arguments.GetValue(threads), arguments.GetValue(seconds), arguments.GetValue(json));
        }
    }
});
return command.Parse(args).Invoke();

static void Measure(Workload workload, string mode, int threads, double seconds, bool json)
{
    if (mode is "train" or "all")
    {
        Print(Measurement.Take(workload, "train", workload.Batch, threads, workload.Summary.TrainingMultiplyAdds, workload.Step, seconds));
    }

    if (mode is "infer" or "all")
    {
        Print(Measurement.Take(workload, "infer", 1, threads, workload.Summary.MultiplyAdds, workload.Predict, seconds));
    }

    void Print(Measurement measurement) => Console.WriteLine(json ? measurement.ToJson() : measurement.ToString());
}
