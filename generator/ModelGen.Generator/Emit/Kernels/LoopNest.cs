using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// The loops over the places of a region, outermost first. Neighbouring axes become one loop wherever everything that is
/// read or written walks through them in one stride.
/// </summary>
internal sealed class LoopNest
{
    private LoopNest(IReadOnlyList<Loop> loops) => Loops = loops;

    /// <summary>One loop: its count, and the axes of the iteration shape it runs over.</summary>
    internal sealed record Loop(int Count, IReadOnlyList<int> Axes);

    public IReadOnlyList<Loop> Loops { get; }

    /// <param name="extents">The extents of the iteration shape.</param>
    /// <param name="order">The axes in the order they are looped over.</param>
    /// <param name="strides">The strides of everything that is addressed, by axis.</param>
    /// <param name="apart">Axes whose place is read as a number, which must stay loops of their own.</param>
    /// <param name="outer">How many of the first axes of the order must not be merged with those after them.</param>
    public static LoopNest Create(IReadOnlyList<int> extents, IReadOnlyList<int> order, IReadOnlyList<int[]> strides, ICollection<int> apart, int outer)
    {
        var loops = new List<Loop>();
        for (var i = 0; i < order.Count; i++)
        {
            var axis = order[i];
            if (extents[axis] == 1 && !apart.Contains(axis))
            {
                continue;
            }

            var last = loops.Count > 0 ? loops[loops.Count - 1] : null;
            if (last is not null
                && order.Take(outer).Contains(last.Axes[0]) == (i < outer)
                && !apart.Contains(axis)
                && !apart.Contains(last.Axes[last.Axes.Count - 1])
                && strides.All(stride => stride[last.Axes[last.Axes.Count - 1]] == stride[axis] * extents[axis]))
            {
                loops[loops.Count - 1] = new Loop(last.Count * extents[axis], [.. last.Axes, axis]);
            }
            else
            {
                loops.Add(new Loop(extents[axis], [axis]));
            }
        }

        return new LoopNest(loops);
    }

    /// <summary>The variable of a loop.</summary>
    public static string Variable(int depth) => "i" + Literal.Of(depth);

    /// <summary>Opens the loops from one depth up to another, or a block where there are none; disposing closes them.</summary>
    /// <param name="writer">Takes the loops.</param>
    /// <param name="first">The first depth.</param>
    /// <param name="end">The depth after the last.</param>
    /// <param name="isShared">Whether threads divide the outermost loop.</param>
    public IDisposable Open(SourceWriter writer, int first, int end, bool isShared = false)
    {
        var scopes = new Stack<SourceWriter.Scope>();
        if (first == end)
        {
            scopes.Push(writer.Block(""));
        }

        for (var depth = first; depth < end; depth++)
        {
            scopes.Push(writer.Block(SharedLoop.For(isShared && depth == 0, Variable(depth), Loops[depth].Count)));
        }

        return new Opened(scopes);
    }

    private sealed class Opened(Stack<SourceWriter.Scope> scopes) : IDisposable
    {
        public void Dispose()
        {
            while (scopes.Count > 0)
            {
                scopes.Pop().Dispose();
            }
        }
    }

    /// <summary>The step of something along a loop: its stride on the loop's last axis.</summary>
    public int Step(int[] strides, int depth) => strides[Loops[depth].Axes[Loops[depth].Axes.Count - 1]];

    /// <summary>The number of loops something must be inside of: one more than the deepest it moves along.</summary>
    public int Depth(int[] strides) => Enumerable.Range(0, Loops.Count).Where(depth => Step(strides, depth) != 0).Select(depth => depth + 1).DefaultIfEmpty(0).Max();

    /// <summary>The offset of something as a sum over the loop variables, in elements of <paramref name="size"/> words.</summary>
    public string Offset(int[] strides, int size)
    {
        var terms = Enumerable.Range(0, Loops.Count)
            .Select(depth => (Variable: Variable(depth), Step: Step(strides, depth) * size))
            .Where(term => term.Step != 0)
            .Select(term => term.Step == 1 ? term.Variable : $"({term.Variable} * {Literal.Of(term.Step)})");
        return string.Join(" + ", terms);
    }

    /// <summary>The place along an axis that has a loop of its own.</summary>
    public string Coordinate(int axis)
    {
        var depth = Loops.ToList().FindIndex(loop => loop.Axes.Contains(axis));
        return depth < 0 ? "0" : Variable(depth);
    }
}
