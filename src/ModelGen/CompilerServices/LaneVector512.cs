using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Lanes in vectors of 512 bits.</summary>
internal readonly struct LaneVector512(Vector512<float> value) : ILaneVector<LaneVector512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 operator +(LaneVector512 left, LaneVector512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 operator -(LaneVector512 left, LaneVector512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 operator *(LaneVector512 left, LaneVector512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Load(ref float source) => new(Vector512.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 MultiplyAdd(LaneVector512 left, LaneVector512 right, LaneVector512 addend) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Max(LaneVector512 left, LaneVector512 right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Select(LaneVector512 condition, LaneVector512 first, LaneVector512 second) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(condition._value, Vector512<float>.Zero), first._value, second._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Exp(LaneVector512 x) => new(VectorMath.Exp(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneVector512 Log(LaneVector512 x) => new(VectorMath.Log(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _value.StoreUnsafe(ref target);
}
