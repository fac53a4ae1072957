using System.Text;
using System.Xml;

namespace EyeSlots.Aws.Requests;

/// <summary>The Query protocol: a form is sent, XML comes back.</summary>
internal sealed class QueryClient(AwsAccess access, AwsService service)
{
    private const string FormType = "application/x-www-form-urlencoded; charset=utf-8";
    private readonly AwsTransport transport = new(access, service);

    /// <summary>Calls an action.</summary>
    /// <returns>The root of the answer, <c>{action}Response</c>.</returns>
    /// <exception cref="AwsException">It failed for good, or the answer is not one of the action.</exception>
    public async Task<XmlAnswer> CallAsync(string action, QueryForm form, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(form.Encode(action, service.Version));
        var answer = await transport.SendAsync(action, body, FormType, null, cancellation).ConfigureAwait(false);
        var call = new AwsCall(service, action);
        try
        {
            var root = XmlAnswer.Parse(answer);
            return root.Name.LocalName == $"{action}Response" ? new(access, call, root) : throw AwsMessages.Strange(access, call, $"no {action}Response");
        }
        catch (XmlException error)
        {
            throw AwsMessages.Strange(access, call, "no XML", error);
        }
    }
}
