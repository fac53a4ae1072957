using System.Text.RegularExpressions;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Clusters;

/// <summary>
/// The command that a user typed for a cluster. Lists of this machine are sent along and keep their names; folders of this machine are refused,
/// since a run must not begin with hours of upload while machines wait.
/// </summary>
public sealed partial class JobLine
{
    private const string Lists = "lists";
    private readonly List<Word> words = [];

    private JobLine()
    {
    }

    /// <summary>Whether it needs libtorch, and so a trainer's machine.</summary>
    public bool NeedsTrainer { get; private init; }

    /// <summary>The image root that it names, or null.</summary>
    public StorageAddress? Images => words.Find(word => word is { Option: "images", Address: not null }) is { Address: { IsS3: true } address } ? address : null;

    /// <summary>The buckets that it names.</summary>
    public IReadOnlyList<string> Buckets => [.. words.Select(word => word.Address?.Bucket).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Reads the line, without the program's name; asks nobody.</summary>
    /// <exception cref="EyeSlotsException">usage: it is none for a cluster. list-unreadable: a list is not there.</exception>
    public static JobLine Parse(IReadOnlyList<string> arguments)
    {
        Require.That(arguments.Count > 0, "Name the command: eyeslots cluster run -- preprocess …");
        var line = new JobLine { NeedsTrainer = arguments[0] is "train" or "evaluate" };
        line.words.Add(new("", arguments[0], "", null, null));
        var option = "";
        foreach (var argument in arguments.Skip(1)) line.words.Add(Read(argument, ref option));

        // What does not depend on where files will lie is refused here, before anything is asked for.
        _ = JobRequest.Of([.. line.words.Select(word => word.IsLocal ? word.With("s3://bucket/key") : word.Text)]);
        return line;
    }

    /// <summary>The job, and the files that it needs beside it.</summary>
    /// <param name="ground">Where the mailbox is, and where folders could be copied.</param>
    /// <param name="name">The cluster.</param>
    /// <exception cref="EyeSlotsException">usage: a folder of this machine; the message has the line that copies it.</exception>
    public (JobRequest Request, IReadOnlyList<(string File, StorageAddress To)> Files) For(ClusterBase ground, ClusterName name)
    {
        foreach (var word in words) Refuse(word, ground);
        List<(string, StorageAddress)> files = [];
        var arguments = words.Select(word =>
        {
            if (word.List is not { Address.IsS3: false } list) return word.Text;
            var to = $"s3://{ground.ArtifactBucket}/{name.Folder}/{Lists}/{list.Name}{Path.GetExtension(list.Address.Path)}";
            files.Add((list.Address.Path, StorageAddress.Parse(to)));
            return word.With($"{list.Name}={to}");
        }).ToList();
        return (JobRequest.Of(arguments), files);
    }

    /// <summary>Each call that gives it to a cluster.</summary>
    internal IEnumerable<PlannedCall> Calls(ClusterBase ground, ClusterName name)
    {
        var (request, files) = For(ground, name);
        return [.. files.Select(file => PlannedCall.Put(file.To.ToString(), file.File)), PlannedCall.Put($"s3://{ground.ArtifactBucket}/{name.Folder}/{MailboxKeys.Jobs}", string.Join(' ', request.Arguments))];
    }

    private static Word Read(string argument, ref string option)
    {
        var found = JobRules.Option().Match(argument);
        if (found.Success) option = found.Groups["name"].Value;
        var before = found.Success ? argument[..found.Groups["value"].Index] : "";
        var value = !found.Success ? argument : found.Groups["value"].Success ? found.Groups["value"].Value : null;
        if (value is null) return new(option, argument, "", null, null);
        if (option == "annotations") return OfList(option, argument, before, value);
        var isRoot = JobRules.Addresses.Contains(option, StringComparer.Ordinal) || value.StartsWith("s3:", StringComparison.Ordinal);
        return new(option, argument, before, isRoot ? StorageAddress.Parse(value) : null, null);
    }

    private static Word OfList(string option, string argument, string before, string value)
    {
        var list = AnnotationList.Parse(value);
        if (!list.Address.IsS3 && !Path.Exists(list.Address.Path)) throw new EyeSlotsException(ErrorCodes.ListUnreadable, $"There is no list {list.Address}; check --annotations.");
        return new(option, argument, before, list.Address, list);
    }

    private static void Refuse(Word word, ClusterBase ground)
    {
        if (!word.IsLocal || (word.List is not null && !Directory.Exists(word.Address!.Value.Path))) return;
        var (path, bucket) = (word.Address!.Value.Path, ground.DataBuckets[0]);
        var there = $"s3://{bucket}/{Path.GetFileName(path)}";
        var next = word.Option is "out" or "run" && !Directory.Exists(path)
            ? $"take --{word.Option} {there}"
            : $"copy it once with 'aws s3 sync {Quoted(path)} {Quoted(there)}', then take --{word.Option} {there}";
        throw new EyeSlotsException(ErrorCodes.Usage, $"--{word.Option} {path} is a folder of this machine, which no cluster can reach; {next}.");
    }

    // As a shell takes it for one word.
    private static string Quoted(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w@%+=:,./-]+\z")]
    private static partial Regex Plain();

    /// <summary>A word of the line.</summary>
    /// <param name="Option">The option that it belongs to; empty where to none.</param>
    /// <param name="Text">As it was typed.</param>
    /// <param name="Before">What stands before its value in the same word.</param>
    /// <param name="Address">What its value leads to, or null.</param>
    /// <param name="List">The list that it names, or null.</param>
    private sealed record Word(string Option, string Text, string Before, StorageAddress? Address, AnnotationList? List)
    {
        public bool IsLocal => Address is { IsS3: false };

        public string With(string value) => Before + value;
    }
}
