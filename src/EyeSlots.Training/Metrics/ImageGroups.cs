using System.Runtime.InteropServices;

namespace EyeSlots.Training.Metrics;

/// <summary>Which image each face is of: the faces of one are no independent samples.</summary>
public sealed class ImageGroups
{
    private readonly int[] imageOf;

    /// <summary>Groups faces by the path of their image, images in the order in which they are first met.</summary>
    /// <param name="imagePaths">A path for each face.</param>
    public ImageGroups(IEnumerable<string> imagePaths)
    {
        Dictionary<string, int> images = new(StringComparer.Ordinal);
        List<int> groups = [];
        foreach (var path in imagePaths)
        {
            ref var image = ref CollectionsMarshal.GetValueRefOrAddDefault(images, path, out var isKnown);
            if (!isKnown) image = images.Count - 1;
            groups.Add(image);
        }

        (imageOf, Images) = ([.. groups], images.Count);
    }

    /// <summary>Number of faces.</summary>
    public int Faces => imageOf.Length;

    /// <summary>Number of images.</summary>
    public int Images { get; }

    /// <summary>The image of a face, 0 to <see cref="Images"/> − 1.</summary>
    public int this[int face] => imageOf[face];
}
