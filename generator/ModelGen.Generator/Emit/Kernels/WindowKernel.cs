using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits pooling with the maps of its region as epilogue. Small windows without padding are written out tap by tap; others
/// loop over their taps and skip those outside. Lanes are samples.
/// </summary>
internal sealed class WindowKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>The taps of a window that are written out; a 4×4 window is the largest in common use.</summary>
    private const int UnrollBudget = 16;

    private readonly Region _region;
    private readonly Window _window;
    private readonly HashSet<Value> _stored;
    private readonly RegionOperands _operands;
    private readonly int[] _inputStrides;
    private readonly int[] _outputStrides;

    private readonly int _sharedAxis;

    private WindowKernel(Region region, IReadOnlyCollection<Value> stored, bool isShared)
    {
        _region = region;
        _window = (Window)region.Anchor;
        _stored = [.. stored];
        _operands = new RegionOperands(region.Inputs, stored);
        _inputStrides = _window.Inputs[0].Shape.Strides();
        _outputStrides = _window.Output.Shape.Strides();
        _sharedAxis = isShared ? Math.Max(0, _window.Axes.ToList().FindIndex(axis => axis.Out > 1)) : -1;
    }

    private bool NeedsPositions => _window.Kind == WindowKind.Max && _stored.Contains(_window.Outputs[1]);

    /// <param name="region">The windows and the maps behind them.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, bool isShared, string name)
    {
        var kernel = new WindowKernel(region, stored, isShared);
        var epilogue = Formulas.Behind(region);
        return new Kernel(name, $"{kernel._window.Layer}: {kernel._window.Details}{epilogue}.", kernel._operands.All, width => [kernel.Emit(width)]) { IsShared = isShared };
    }

    private string Emit(VectorWidth width)
    {
        var writer = new SourceWriter();
        var axes = _window.Axes;
        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        for (var axis = 0; axis < axes.Count; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(axis == _sharedAxis, $"p{axis}", axes[axis].Out)));
        }

        var taps = axes.Aggregate(1, (product, axis) => product * axis.Kernel);
        var isInside = axes.All(axis => axis.Padding == 0 && ((axis.Out - 1) * axis.Stride) + ((axis.Kernel - 1) * axis.Dilation) < axis.In);
        if (isInside && taps <= UnrollBudget)
        {
            EmitUnrolled(writer, width, axes);
        }
        else
        {
            EmitLoops(writer, width, axes);
        }

        EmitEpilogue(writer, width);
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }

    private void EmitUnrolled(SourceWriter writer, VectorWidth width, IReadOnlyList<ContractAxis> axes)
    {
        var offset = new OffsetText().Add("lane", 1);
        for (var axis = 0; axis < axes.Count; axis++)
        {
            offset.Add($"p{axis}", axes[axis].Stride * _inputStrides[axis] * Lanes);
        }

        writer.Line($"ref var first = ref Unsafe.Add<float>(ref {_operands[_window.Inputs[0]]}, {offset});");
        var tap = 0;
        foreach (var distance in TapDistances(axes))
        {
            EmitTap(writer, width, $"{width.Type}.LoadUnsafe<float>(ref first{(distance == 0 ? "" : ", " + Literal.Of(distance * Lanes))})", Literal.Of(tap), tap == 0);
            tap++;
        }
    }

    private IEnumerable<int> TapDistances(IReadOnlyList<ContractAxis> axes)
    {
        IEnumerable<int> distances = [0];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var (a, stride) = (axes[axis], _inputStrides[axis]);
            distances = distances.SelectMany(distance => Enumerable.Range(0, a.Kernel).Select(k => distance + (k * a.Dilation * stride)));
        }

        return distances;
    }

    private void EmitLoops(SourceWriter writer, VectorWidth width, IReadOnlyList<ContractAxis> axes)
    {
        writer.Line(_window.Kind == WindowKind.Max ? $"var best = {width.Type}.Create<float>(float.NegativeInfinity);" : $"var best = {width.Type}<float>.Zero;");
        if (NeedsPositions)
        {
            writer.Line($"var position = {width.Type}<int>.Zero;");
        }

        var loops = new Stack<SourceWriter.Scope>();
        var offset = new OffsetText().Add("lane", 1);
        var tap = new OffsetText();
        var tapStride = axes.Aggregate(1, (product, axis) => product * axis.Kernel);
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var a = axes[axis];
            tapStride /= a.Kernel;
            if (a.Kernel == 1 && a.Padding == 0)
            {
                offset.Add($"p{axis}", a.Stride * _inputStrides[axis] * Lanes);
                continue;
            }

            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
            SourcePlace.Declare(writer, a, $"f{axis}", $"p{axis}", $"k{axis}");
            SourcePlace.SkipOutside(writer, a, $"f{axis}");
            offset.Add($"f{axis}", _inputStrides[axis] * Lanes);
            tap.Add($"k{axis}", tapStride);
        }

        EmitTap(writer, width, $"{width.Type}.LoadUnsafe<float>(ref Unsafe.Add<float>(ref {_operands[_window.Inputs[0]]}, {offset}))", tap.ToString(), isFirst: false);
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    /// <summary>
    /// Takes one more place into the window's result: the first of equal maxima stays. MaxNative returns its second operand
    /// for a NaN, so a window of nothing else stays one and reaches the guard.
    /// </summary>
    private void EmitTap(SourceWriter writer, VectorWidth width, string load, string tap, bool isFirst)
    {
        if (isFirst)
        {
            writer.Line($"var best = {load};");
            if (NeedsPositions)
            {
                writer.Line($"var position = {width.Type}<int>.Zero;");
            }
        }
        else if (_window.Kind == WindowKind.Sum)
        {
            writer.Line($"best += {load};");
        }
        else if (!NeedsPositions)
        {
            writer.Line($"best = {width.Type}.MaxNative<float>(best, {load});");
        }
        else
        {
            using (writer.Block(""))
            {
                writer.Line($"var next = {load};");
                writer.Line($"position = {width.Type}.ConditionalSelect<int>({width.Type}.GreaterThan<float>(next, best).AsInt32(), {width.Type}.Create<int>({tap}), position);");
                writer.Line($"best = {width.Type}.MaxNative<float>(best, next);");
            }
        }
    }

    private void EmitEpilogue(SourceWriter writer, VectorWidth width)
    {
        var offset = new OffsetText().Add("lane", 1);
        for (var axis = 0; axis < _window.Axes.Count; axis++)
        {
            offset.Add($"p{axis}", _outputStrides[axis] * Lanes);
        }

        writer.Line($"var at = {offset};");
        if (NeedsPositions)
        {
            writer.Line($"position.AsSingle().StoreUnsafe<float>(ref Unsafe.Add<float>(ref {_operands[_window.Outputs[1]]}, at));");
        }

        var results = new Dictionary<Value, string> { [_window.Output] = "best" };
        Store(_window.Output);
        var names = new NameScope();
        var expressions = new VectorExpressions(writer, width, names);
        foreach (var map in _region.Maps)
        {
            var text = expressions.Write(map.Body, input => Read(map.Inputs[input], map.Views[input]), NoPlace, NoRandomNumbers);
            var local = names.Unique("r");
            writer.Line($"var {local} = {text};");
            results[map.Output] = local;
            Store(map.Output);
        }

        string Read(Value value, Shape view)
        {
            if (results.TryGetValue(value, out var local))
            {
                return local;
            }

            var strides = ViewStrides.Of(view);
            var size = value.Scope == Scope.Model ? 1 : Lanes;
            var place = size == Lanes ? new OffsetText().Add("lane", 1) : new OffsetText();
            for (var axis = 0; axis < strides.Length; axis++)
            {
                place.Add($"p{axis}", strides[axis] * size);
            }

            var at = $"Unsafe.Add<float>(ref {_operands[value]}, {place})";
            return value.Scope == Scope.Model ? $"{width.Type}.Create<float>({at})" : width.Load(value.Element, "ref " + at);
        }

        void Store(Value value)
        {
            if (_stored.Contains(value))
            {
                writer.Line($"{results[value]}.StoreUnsafe<float>(ref Unsafe.Add<float>(ref {_operands[value]}, at));");
            }
        }
    }

    private string NoPlace(int axis) => throw new InvalidOperationException($"{_window.Layer}: a place is not known in an epilogue.");

    private string NoRandomNumbers(Scalar.UniformNode node) => throw new InvalidOperationException($"{_window.Layer}: no random numbers in an epilogue.");
}
