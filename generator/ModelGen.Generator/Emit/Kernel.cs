using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Emit;

/// <summary>A parameter of a kernel: its name there, and the value a call passes.</summary>
internal sealed record Operand(string Name, Value Value);

/// <summary>
/// A method of the generated code that does one region's work, emitted for each vector width. Kernels of the same text are
/// one method, however many layers call it.
/// </summary>
internal sealed class Kernel
{
    private readonly Dictionary<VectorWidth, IReadOnlyList<string>> _parts;

    /// <param name="name">The name wished for.</param>
    /// <param name="summary">A sentence on what it computes.</param>
    /// <param name="operands">Its parameters.</param>
    /// <param name="emit">Gives the statements for a width, in parts that each become a method the JIT can optimise whole.</param>
    public Kernel(string name, string summary, IReadOnlyList<Operand> operands, Func<VectorWidth, IReadOnlyList<string>> emit)
    {
        Name = name;
        Summary = summary;
        Operands = operands;
        _parts = VectorWidth.All.ToDictionary(width => width, emit);
    }

    /// <summary>The name wished for; the emitted one may carry a number.</summary>
    public string Name { get; }

    /// <summary>A sentence on what it computes.</summary>
    public string Summary { get; }

    public IReadOnlyList<Operand> Operands { get; }

    /// <summary>Whether it takes the key and the number of the first sample, for random numbers.</summary>
    public bool DrawsRandomNumbers { get; set; }

    /// <summary>Whether it takes the number of a part and of all parts, and does that part of its work.</summary>
    public bool IsShared { get; set; }

    /// <summary>Further parameters by type and name, such as a range of rows.</summary>
    public IReadOnlyList<(string Type, string Name)> Extras { get; set; } = [];

    /// <summary>The statements for a width, one text for each method.</summary>
    public IReadOnlyList<string> Parts(VectorWidth width) => _parts[width];

    /// <summary>The parameter list.</summary>
    public string Signature =>
        string.Join(", ", Operands.Select(operand => "ref float " + operand.Name)
            .Concat(DrawsRandomNumbers ? ["uint key", "uint sample"] : [])
            .Concat(Further.Select(extra => $"{extra.Type} {extra.Name}")));

    /// <summary>The arguments that hand the same parameters on.</summary>
    public string Arguments =>
        string.Join(", ", Operands.Select(operand => "ref " + operand.Name)
            .Concat(DrawsRandomNumbers ? ["key", "sample"] : [])
            .Concat(Further.Select(extra => extra.Name)));

    private IEnumerable<(string Type, string Name)> Further => IsShared ? Extras.Concat(SharedLoop.Parameters) : Extras;

    /// <summary>What makes two kernels one: the signature and the text for every width.</summary>
    public string Key => Signature + "\n" + string.Join("\n", VectorWidth.All.SelectMany(Parts));
}
