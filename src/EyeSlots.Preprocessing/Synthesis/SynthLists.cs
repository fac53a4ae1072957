using System.Globalization;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Where lists and images of a set go, for every layout.</summary>
internal sealed class SynthLists : IDisposable
{
    private readonly SynthOptions options;
    private readonly string folder;
    private readonly ListWriter? training;
    private readonly ListWriter? validation;

    public SynthLists(SynthOptions options, string folder)
    {
        (this.options, this.folder) = (options, folder);
        string[] names = options.Layout == SynthLayout.Folders2021 ? ["train_set", "val_set"] : ["training.csv", "validation.csv"];
        Paths = [.. names.Take(options.Validation > 0 ? 2 : 1).Select(name => Path.Combine(folder, name))];
        if (options.Layout == SynthLayout.Folders2021)
        {
            foreach (var set in Paths)
            {
                Directory.CreateDirectory(Path.Combine(set, "images"));
                Directory.CreateDirectory(Path.Combine(set, "annotations"));
            }

            return;
        }

        training = new(Paths[0], options.Layout);
        validation = Paths.Count > 1 ? new(Paths[1], options.Layout) : null;
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
        else (image.IsValidation ? validation ?? training! : training!).Write(image);
    }

    public void Dispose()
    {
        training?.Dispose();
        validation?.Dispose();
    }

    private string SetOf(SynthImage image) => image.IsValidation && Paths.Count > 1 ? Paths[1] : Paths[0];
}
