using System.Collections.Generic;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Loops whose turns are divided among the threads that compute one block together: a kernel that has one takes the number
/// of its part and the number of parts. Every result is computed by one thread, as it would be by one alone.
/// </summary>
internal static class SharedLoop
{
    /// <summary>The parameters of a kernel that does its part of the work.</summary>
    public static IReadOnlyList<(string Type, string Name)> Parameters { get; } = [("int", "part"), ("int", "parts")];

    /// <summary>What a block passes for them.</summary>
    public const string Arguments = "context.Part, context.Parts";

    /// <summary>What is passed behind other arguments where work may be shared or not.</summary>
    public static string MoreArguments(bool isShared) => isShared ? ", " + Arguments : "";

    /// <summary>The header of a loop over part of a number of turns.</summary>
    public static string For(string variable, int start, int turns, int step = 1)
    {
        var first = new OffsetText().Add($"({turns} * part / parts)", step).Add(Literal.Of(start), 1);
        var end = new OffsetText().Add($"({turns} * (part + 1) / parts)", step).Add(Literal.Of(start), 1);
        return $"for (int {variable} = {first}, {variable}End = {end}; {variable} < {variable}End; {(step == 1 ? variable + "++" : $"{variable} += {step}")})";
    }

    /// <summary>The same where work may be shared or not.</summary>
    public static string For(bool isShared, string variable, int turns) =>
        isShared ? For(variable, 0, turns) : $"for (var {variable} = 0; {variable} < {turns}; {variable}++)";

    /// <summary>The same over turns of several places.</summary>
    public static string For(bool isShared, string variable, int start, int turns, int step) =>
        isShared ? For(variable, start, turns, step) : $"for (var {variable} = {start}; {variable} < {start + (turns * step)}; {variable} += {step})";

    /// <summary>The header of a loop over part of a number of turns where the part is the context's.</summary>
    public static string ForOwn(string variable, int turns) =>
        $"for (int {variable} = {Literal.Of(turns)} * context.Part / context.Parts, {variable}End = {Literal.Of(turns)} * (context.Part + 1) / context.Parts; {variable} < {variable}End; {variable}++)";

    /// <summary>Leaves a method that cannot be divided to one of the parts, another one for each method.</summary>
    public static void LeaveToOne(SourceWriter writer, int method)
    {
        using (writer.Block($"if (part != {method} % parts)"))
        {
            writer.Line("return;");
        }

        writer.Line();
    }
}
