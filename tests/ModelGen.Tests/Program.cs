using ModelGen.Tests.Numeric;
using ModelGen.Tests.Serialization;

namespace ModelGen.Tests;

/// <summary>What happens when a test starts this assembly as a process of its own; test runners do not come by here.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        [SavingProcess.Argument, var path] => SavingProcess.Run(path),
        [TrainedBits.Argument] => TrainedBits.Print(),
        _ => 1,
    };
}
