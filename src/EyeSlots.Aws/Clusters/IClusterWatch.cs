using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>Is told what happens to a cluster, for those who watch. Its members return at once and throw nothing.</summary>
public interface IClusterWatch
{
    /// <summary>Something happened to the stack.</summary>
    void Event(StackEvent happened);

    /// <summary>What the cluster says of itself; null while it has said nothing.</summary>
    void Status(ClusterStatus? status);

    /// <summary>A whole line that the job said.</summary>
    void Line(string line);

    /// <summary>Something else that is worth a line.</summary>
    void Note(string text);

    /// <summary>What of its stack is told to it.</summary>
    internal StackWatch OfStack() => new() { Show = Event, Note = Note };
}
