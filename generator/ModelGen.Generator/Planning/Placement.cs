using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Planning;

/// <summary>Something that needs memory from its first to its last use, both included. Itself, not its content, tells it from others.</summary>
internal sealed class Tenant(string name, int words, int first, int last)
{
    public string Name { get; } = name;

    public int Words { get; } = words;

    public int First { get; } = first;

    public int Last { get; } = last;
}

/// <summary>
/// Places tenants in one arena so that those alive at the same time never overlap: largest first, each at the lowest
/// address that is free for all of its life. Within a few percent of the lower bound on chains, and simple to follow.
/// </summary>
internal static class Placement
{
    /// <summary>A cache line; every address is a multiple of it.</summary>
    private const int Alignment = 16;

    /// <summary>The first word of each tenant, and the words of the whole arena.</summary>
    public static (IReadOnlyDictionary<Tenant, int> Offsets, int Words) Place(IReadOnlyList<Tenant> tenants)
    {
        var offsets = new Dictionary<Tenant, int>();
        foreach (var tenant in tenants.OrderByDescending(tenant => tenant.Words).ThenBy(tenant => tenant.First))
        {
            var offset = 0;
            foreach (var (other, start) in offsets.Where(placed => placed.Key.First <= tenant.Last && tenant.First <= placed.Key.Last).Select(placed => (placed.Key, placed.Value)).OrderBy(placed => placed.Value))
            {
                if (start - offset >= Round(tenant.Words))
                {
                    break;
                }

                offset = System.Math.Max(offset, start + Round(other.Words));
            }

            offsets[tenant] = offset;
        }

        return (offsets, offsets.Select(placed => placed.Value + Round(placed.Key.Words)).DefaultIfEmpty(0).Max());
    }

    private static int Round(int words) => (words + Alignment - 1) / Alignment * Alignment;
}
