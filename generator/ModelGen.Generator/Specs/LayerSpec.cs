using System;
using System.Globalization;
using System.Linq;

namespace ModelGen.Generator.Specs;

/// <summary>One attribute of the list: its short name (<c>Conv2D</c>) and its arguments, by parameter or property name.</summary>
internal sealed record LayerSpec(string Attribute, EquatableArray<ArgumentSpec> Arguments)
{
    /// <summary>What the attribute stands for where it is a block, else null.</summary>
    public BlockSpec? Block { get; init; }

    /// <summary>The argument given for <paramref name="name"/> (a constructor parameter or a property), or null.</summary>
    public ArgumentValue? Find(string name) =>
        Arguments.FirstOrDefault(argument => string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The whole number given for <paramref name="name"/>, or what holds when none is.</summary>
    public int Integer(string name, int otherwise = 0) => Find(name)?.Integer ?? otherwise;

    /// <summary>The number given for <paramref name="name"/>, or what holds when none is.</summary>
    public float Number(string name, float otherwise) => Find(name)?.Number ?? otherwise;

    /// <summary>The truth value given for <paramref name="name"/>, or what holds when none is.</summary>
    public bool Truth(string name, bool otherwise) => Find(name)?.Truth ?? otherwise;

    /// <summary>The attribute as a user would write it, such as <c>Conv2D(6, 5, Padding = 2)</c>; constructor parameters begin with a small letter.</summary>
    public override string ToString()
    {
        var given = Arguments.Where(argument => argument.Value.IsGiven).ToArray();
        var constructor = given.Where(argument => char.IsLower(argument.Name[0])).Select(argument => argument.Value.ToString());
        var properties = given.Where(argument => !char.IsLower(argument.Name[0])).Select(argument => $"{argument.Name} = {argument.Text}");
        var list = string.Join(", ", constructor.Concat(properties));
        return list.Length == 0 ? Attribute : $"{Attribute}({list})";
    }
}

/// <summary>One argument: constructor parameters carry the parameter's name, properties their own.</summary>
internal sealed record ArgumentSpec(string Name, ArgumentValue Value)
{
    /// <summary>The value as a user would write it.</summary>
    public string Text => (Name, Value) switch
    {
        ("Padding", { Integer: -1 }) => "Pad.Same",
        ("Padding", { Integer: -2 }) => "Pad.Causal",
        ("Mode", { Integer: 1 }) => "Interpolation.Bilinear",
        (_, { Integers: null, Numbers: null }) => Value.ToString(),
        _ => $"[{Value}]",
    };
}

/// <summary>The value of an argument: at most one of the members is set; none is for a null array or string.</summary>
internal sealed record ArgumentValue(
    int? Integer = null,
    float? Number = null,
    bool? Truth = null,
    string? Text = null,
    EquatableArray<int>? Integers = null,
    EquatableArray<float>? Numbers = null)
{
    /// <summary>The label that <c>Block.Input</c> stands for.</summary>
    public const string BlockInput = "<input of the block>";

    /// <summary>Whether there is a value at all.</summary>
    public bool IsGiven => Integer is not null || Number is not null || Truth is not null || Text is not null || Integers is not null || Numbers is not null;

    public override string ToString() => this switch
    {
        { Integer: { } integer } => integer.ToString(CultureInfo.InvariantCulture),
        { Number: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
        { Truth: { } truth } => truth ? "true" : "false",
        { Text: BlockInput } => "Block.Input",
        { Text: { } text } => $"\"{text}\"",
        { Integers: { } integers } => string.Join(", ", integers.Select(item => item.ToString(CultureInfo.InvariantCulture))),
        { Numbers: { } numbers } => string.Join(", ", numbers.Select(item => item.ToString("R", CultureInfo.InvariantCulture))),
        _ => "null",
    };
}
