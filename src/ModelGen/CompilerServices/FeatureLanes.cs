using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Values of a single sample with their channels or features in the lanes: [place][channel], channels padded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FeatureLanes
{
    /// <summary>From [channel][place] to [place][channel], <paramref name="stride"/> words a place; padding is left as it is.</summary>
    public static void FromChannelsFirst(ref float source, int channels, int places, int stride, ref float target)
    {
        if (places == 1)
        {
            MemoryMarshal.CreateSpan(ref source, channels).CopyTo(MemoryMarshal.CreateSpan(ref target, channels));
            return;
        }

        for (var channel = 0; channel < channels; channel++)
        {
            ref var row = ref Unsafe.Add(ref source, (nint)channel * places);
            for (var place = 0; place < places; place++)
            {
                Unsafe.Add(ref target, ((nint)place * stride) + channel) = Unsafe.Add(ref row, place);
            }
        }
    }

    /// <summary>From [place][channel], <paramref name="stride"/> words a place, to [channel][place].</summary>
    public static void ToChannelsFirst(ref float source, int channels, int places, int stride, ref float target)
    {
        if (places == 1)
        {
            MemoryMarshal.CreateSpan(ref source, channels).CopyTo(MemoryMarshal.CreateSpan(ref target, channels));
            return;
        }

        for (var channel = 0; channel < channels; channel++)
        {
            ref var row = ref Unsafe.Add(ref target, (nint)channel * places);
            for (var place = 0; place < places; place++)
            {
                Unsafe.Add(ref row, place) = Unsafe.Add(ref source, ((nint)place * stride) + channel);
            }
        }
    }

    /// <summary>The largest of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> vector) => Max(Vector256.MaxNative(vector.GetLower(), vector.GetUpper()));

    /// <summary>The largest of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> vector) => Max(Vector128.MaxNative(vector.GetLower(), vector.GetUpper()));

    /// <summary>The largest of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> vector)
    {
        var pairs = Vector128.MaxNative(vector, Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
