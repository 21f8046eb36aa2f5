namespace ModelGen.Reference;

/// <summary>Walks over the places of a shape.</summary>
internal static class Places
{
    /// <summary>The product of the extents.</summary>
    public static int Count(IEnumerable<int> extents) => extents.Aggregate(1, (product, extent) => product * extent);

    /// <summary>
    /// Every place of a shape in row-major order. The same array is handed out again and again: copy what must be kept.
    /// </summary>
    public static IEnumerable<int[]> All(IReadOnlyList<int> extents)
    {
        var place = new int[extents.Count];
        for (var remaining = Count(extents); remaining > 0; remaining--)
        {
            yield return place;
            for (var axis = extents.Count - 1; axis >= 0 && ++place[axis] == extents[axis]; axis--)
            {
                place[axis] = 0;
            }
        }
    }

    /// <summary>The row-major position of a place.</summary>
    public static int Index(IReadOnlyList<int> place, IReadOnlyList<int> extents)
    {
        var index = 0;
        for (var axis = 0; axis < extents.Count; axis++)
        {
            index = (index * extents[axis]) + place[axis];
        }

        return index;
    }
}
