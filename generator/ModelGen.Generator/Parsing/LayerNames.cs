using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>
/// Gives every layer, label and output its name: that of the attribute, else kind and number (<c>conv2d_1</c>), counted over all
/// layers of the kind so that naming one does not rename others. Inputs, labels and outputs are arguments of methods: the
/// first has the bare name (<c>input</c>), the others a number (<c>input_2</c>).
/// </summary>
/// <param name="prefix">What stands before the names of a block's layers: <c>basic_block_1.</c></param>
internal sealed class LayerNames(string prefix = "")
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _arguments = [];

    /// <summary>What stands before every name.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>Names a layer; where its own name will not do, says why and names it by kind and number.</summary>
    public LayerError? Name(Layer layer)
    {
        var given = layer.Spec.Find("Name")?.Text;
        var isInput = layer is InputLayer;
        var error = given is null || (IsValid(given) && !_taken.Contains(given)) ? null : new LayerError(
            IsValid(given) ? DiagnosticDescriptors.DuplicateName : DiagnosticDescriptors.InvalidName,
            "Name",
            new EquatableArray<string>([given]));

        var number = Next(layer.Stem);
        var counted = isInput && number == 1 ? layer.Stem : $"{layer.Stem}_{number}";
        layer.Name = given is not null && error is null ? given : counted;
        if (!_taken.Add(layer.Name) && error is null)
        {
            // An earlier layer was given by hand the name this one would be counted to.
            error = new LayerError(DiagnosticDescriptors.DuplicateName, null, new EquatableArray<string>([layer.Name]));
        }

        layer.Name = Prefix + layer.Name;

        if (isInput)
        {
            while (!_arguments.Add(layer.Name))
            {
                layer.Name += "_";
            }

            if (layer is InputLayer { HasLengths: true } input)
            {
                input.LengthsName = layer.Name + "Lengths";
                while (!_arguments.Add(input.LengthsName))
                {
                    input.LengthsName += "_";
                }
            }
        }

        return error;
    }

    /// <summary>Takes a name for an output, or says why it will not do.</summary>
    public LayerError? NameOutput(OutputLayer output) => (IsValid(output.Value), _arguments.Add(output.Value)) switch
    {
        (false, _) => new LayerError(DiagnosticDescriptors.InvalidName, NamingLayer.Argument, new EquatableArray<string>([output.Value])),
        (_, false) => new LayerError(DiagnosticDescriptors.DuplicateName, NamingLayer.Argument, new EquatableArray<string>([output.Value])),
        _ => null,
    };

    /// <summary>A name for labels that no input and no other label has.</summary>
    public string NextLabel(string stem)
    {
        while (true)
        {
            var number = Next(stem);
            var name = number == 1 ? stem : $"{stem}_{number}";
            if (_arguments.Add(name))
            {
                return name;
            }
        }
    }

    /// <summary>The name of the output that comes after that many others; no input has it.</summary>
    public string PeekOutput(int others)
    {
        var free = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? "output" : $"output_{number}").Where(name => !_arguments.Contains(name));
        return free.ElementAt(others);
    }

    private int Next(string stem) => _counts[stem] = (_counts.TryGetValue(stem, out var count) ? count : 0) + 1;

    private static bool IsValid(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(character => char.IsLetterOrDigit(character) || character == '_');
}
