using System;
using System.Linq;
using ModelGen.Generator.Layers;

namespace ModelGen.Generator.Specs;

/// <summary>
/// A model class as its attributes declare it: everything the compiler needs, and nothing of Roslyn's.
/// </summary>
/// <remarks>
/// Caching contract: two specs are equal exactly when the generated code would be the same. Only primitives, strings,
/// records of them and <see cref="EquatableArray{T}"/> may stand here; a symbol, a syntax node or a location may not.
/// </remarks>
internal sealed record ModelSpec(
    string Namespace,
    EquatableArray<TypeSpec> ContainingTypes,
    string Name,
    bool UseWinograd,
    EquatableArray<LayerSpec> Layers)
{
    /// <summary>Whether training measures the gradients that flow into the states of recurrent layers at each step.</summary>
    public bool MeasuresGradients { get; init; }

    /// <summary>What is wrong with the declaration of the class, whatever its layers, or null.</summary>
    public LayerError? DeclarationError { get; init; }

    /// <summary>The layer that <see cref="DeclarationError"/> is about, or −1 for the class.</summary>
    public int DeclarationErrorPosition { get; init; } = -1;

    /// <summary>Whether a partial declaration can be added to the class; not where it is static, generic or the like.</summary>
    public bool IsExtensible { get; init; } = true;

    /// <summary>Whether an attribute is wrong as C#, which the compiler reports by itself: nothing can be said of the network then.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>The same with keywords escaped, as C# text.</summary>
    public string QualifiedName =>
        string.Join(".", new[] { Namespace }.Concat(ContainingTypes.Select(type => type.Name)).Concat([Name]).Where(part => part.Length > 0));

    /// <summary>The name with namespace and containing types; unique in the compilation, and the stem of the generated file's name.</summary>
    public string FullName => QualifiedName.Replace("@", "");
}

/// <summary>A type the model class is nested in: its keyword (<c>class</c>, <c>struct</c>, <c>record</c> …) and name.</summary>
internal sealed record TypeSpec(string Keyword, string Name);
