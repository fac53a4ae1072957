using System.Text.RegularExpressions;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Annotations;

/// <summary>A list of a run: a CSV file of the 2017 layout or a folder of the 2021 layout.</summary>
/// <param name="Name">Goes into the face keys.</param>
/// <param name="Address">The file or the folder.</param>
public sealed partial record AnnotationList(string Name, StorageAddress Address)
{
    /// <summary>
    /// Reads an address, or one with a name: <c>validation=path.csv</c>. A file or folder whose whole path the text is wins, so that
    /// <c>dt=2024-01-01/training.csv</c> is a path where there is one.
    /// </summary>
    /// <exception cref="EyeSlotsException">A name or an address that is not allowed: usage.</exception>
    public static AnnotationList Parse(string text) => Parse(text, Path.Exists);

    /// <summary>Likewise, where something else says what is there.</summary>
    internal static AnnotationList Parse(string text, Func<string, bool> exists)
    {
        var equals = text.IndexOf('=');
        var named = equals > 0 && !text[..equals].Contains('/') && !exists(text);
        var address = StorageAddress.Parse(named ? text[(equals + 1)..] : text);
        var name = named ? text[..equals] : Path.GetFileNameWithoutExtension(address.Path.TrimEnd('/')).ToLowerInvariant();
        return new(CheckName(name, "list"), address);
    }

    /// <summary>Reads all lists of a command line; two of one name are refused.</summary>
    public static IReadOnlyList<AnnotationList> ParseAll(IEnumerable<string> texts)
    {
        var lists = texts.Select(Parse).OrderBy(list => list.Name, StringComparer.Ordinal).ToList();
        for (var i = 1; i < lists.Count; i++)
        {
            if (lists[i].Name == lists[i - 1].Name)
            {
                throw new EyeSlotsException(ErrorCodes.Usage,
                    $"Two lists are called '{lists[i].Name}' ({lists[i - 1].Address} and {lists[i].Address}); name one: other={lists[i].Address}");
            }
        }

        return lists;
    }

    /// <summary>Checks the name of a list or a dataset.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">"list" or "dataset", for the message.</param>
    /// <exception cref="EyeSlotsException">Not <c>[a-z0-9][a-z0-9._-]{0,63}</c>: usage.</exception>
    public static string CheckName(string name, string what) => IsName(name)
        ? name
        : throw new EyeSlotsException(ErrorCodes.Usage,
            $"'{name}' is no {what} name: up to 64 of a-z, 0-9, '.', '_' and '-', starting with a letter or digit" + (what == "list" ? "; name it: training=PATH" : "."));

    /// <summary>Whether a text can be the name of a list or a dataset.</summary>
    public static bool IsName(string? text) => text is not null && Allowed().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Allowed();
}
