using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.CompilerServices;

/// <summary>Stores the first lanes of a vector where the memory ends before the vector does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorTail
{
    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    public static void Store(Vector512<float> value, ref float target, int count)
    {
        for (var lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref target, lane) = value[lane];
        }
    }

    /// <inheritdoc cref="Store(Vector512{float}, ref float, int)"/>
    public static void Store(Vector256<float> value, ref float target, int count)
    {
        for (var lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref target, lane) = value[lane];
        }
    }

    /// <inheritdoc cref="Store(Vector512{float}, ref float, int)"/>
    public static void Store(Vector128<float> value, ref float target, int count)
    {
        for (var lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref target, lane) = value[lane];
        }
    }
}
