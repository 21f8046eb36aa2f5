using System.Diagnostics.Tracing;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Benchmarks;

/// <summary>How much code a model becomes: lines as emitted, bytes of IL, and bytes of machine code for the vectors of this processor.</summary>
internal static class CodeSize
{
    /// <summary>Prints a line for each model.</summary>
    public static void Print(IReadOnlyList<string> models)
    {
        var compilation = RunTimeCompilation.Create(RunTimeCompilation.ModelsSource());
        var generated = RunTimeCompilation.Generate(compilation);
        var assembly = RunTimeCompilation.Load(generated);
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        using var listener = new MethodListener();
        Console.WriteLine("model        lines   kernels   IL bytes   native bytes (this width, kernels and programs)");
        foreach (var name in models.Select(name => Workloads.Create(name, 0, 1).Summary.Name))
        {
            var lines = generated.SyntaxTrees.Where(tree => Path.GetFileName(tree.FilePath).StartsWith($"ModelGen.Benchmarks.{name}.", StringComparison.Ordinal)).Sum(tree => tree.GetText().Lines.Count);
            var types = assembly.GetTypes().Where(type => type.Namespace == $"ModelGen.Generated.ModelGen.Benchmarks.{name}").ToList();
            var methods = types.SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)).Where(method => method.GetMethodBody() is not null).ToList();
            var used = methods.Where(method => !method.DeclaringType!.Name.StartsWith("Kernels", StringComparison.Ordinal) || method.DeclaringType.Name is var type && (type == "Kernels" || type == $"Kernels{width}")).ToList();
            foreach (var method in used)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }

            var native = listener.Take($"ModelGen.Generated.ModelGen.Benchmarks.{name}.");
            var il = methods.Sum(method => method.GetMethodBody()!.GetILAsByteArray()!.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-9} {lines,8:N0} {methods.Count(method => method.DeclaringType!.Name == "Kernels"),9} {il,10:N0} {native,14:N0}"));
        }
    }

    /// <summary>Hears of every method the JIT compiles.</summary>
    private sealed class MethodListener : EventListener
    {
        private const long JitKeyword = 0x10;

        private readonly List<(string Type, uint Bytes)> _methods = [];

        /// <summary>The bytes of the methods of types whose names begin so.</summary>
        public long Take(string prefix)
        {
            // Events come on a thread of their own, a moment later.
            Thread.Sleep(200);
            lock (_methods)
            {
                return _methods.Where(method => method.Type.StartsWith(prefix, StringComparison.Ordinal)).Sum(method => method.Bytes);
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)JitKeyword);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) == true)
            {
                object? Find(string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)];
                lock (_methods)
                {
                    _methods.Add(((string)Find("MethodNamespace")! + ".", (uint)Find("MethodSize")!));
                }
            }
        }
    }
}
