using System.Globalization;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Where lists and images of a set go, for every layout.</summary>
internal sealed class SynthLists : IDisposable
{
    private readonly SynthOptions options;
    private readonly string folder;
    private readonly ListWriter[] lists = [];

    public SynthLists(SynthOptions options, string folder)
    {
        (this.options, this.folder) = (options, folder);
        string[] names = options.Layout == SynthLayout.Folders2021 ? ["train_set", "val_set"] : ["training.csv", "validation.csv", "test.csv"];
        Paths = [.. names.Select(name => Path.Combine(folder, name))];
        if (options.Layout == SynthLayout.Folders2021)
        {
            foreach (var set in Paths)
            {
                Directory.CreateDirectory(Path.Combine(set, "images"));
                Directory.CreateDirectory(Path.Combine(set, "annotations"));
            }

            return;
        }

        lists = [.. Paths.Select(path => new ListWriter(path, options.Layout))];
    }

    /// <summary>The lists, training first.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The folder below which the listed paths are looked up.</summary>
    public string ImageRoot => folder;

    /// <summary>Where the image goes, or null where it has no file.</summary>
    public string? PathOf(SynthImage image)
    {
        if (options.Layout == SynthLayout.Folders2021)
        {
            return Path.Combine(SetOf(image), "images", image.Index.ToString(CultureInfo.InvariantCulture) + ".jpg");
        }

        var nested = string.Concat(Enumerable.Repeat("Manually_Annotated_Images/", options.Nesting));
        return image.FilePath is { } path ? Path.Combine(folder, nested + path) : null;
    }

    public void Write(SynthImage image)
    {
        if (options.Layout == SynthLayout.Folders2021) NpyFolderWriter.Write(SetOf(image), image);
        else lists[(int)image.Set].Write(image);
    }

    public void Dispose()
    {
        foreach (var list in lists) list.Dispose();
    }

    // The layout of 2021 has two sets: what would be the test list is part of the second.
    private string SetOf(SynthImage image) => Paths[image.Set == SynthSet.Training ? 0 : 1];
}
